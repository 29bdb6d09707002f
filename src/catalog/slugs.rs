//! Addresses of what has a page of its own: which are free, and which it had before. An address never changes hands.

use crate::kernel::{id::VariantId, slug::Slug};

/// Addresses of one name that are looked at: `kiondo`, `kiondo-2` and so on.
pub(crate) const MOST_ALIKE: i64 = 500;

/// The verbs over the addresses in `$table` and over those given up, in `$former` with `$whose` in its column `$own`.
/// Without a word for an address in a name, it is `$otherwise`; what is `$reserved` is nobody's.
// Each statement is read as one, with the names in their places.
#[rustfmt::skip]
macro_rules! slugs {
    ($table:tt, $former:tt, $own:tt, $whose:ty, $otherwise:literal, $reserved:expr $(,)?) => {
        /// The first address of this name that nothing of this kind of the merchant has or had.
        pub(super) async fn free(tx: &mut $crate::db::TenantTx, name: &str) -> Result<String, $crate::error::AppError> {
            let wish = $crate::catalog::slugs::wish(name, $otherwise);
            let taken = sqlx::query_scalar!(
                r#"select slug as "slug!"
                   from "# + $table + r#"
                   where tenant_id = $1
                     and (slug = $2 or slug like $2 || '-%')
                   union
                   select slug
                   from "# + $former + r#"
                   where tenant_id = $1
                     and (slug = $2 or slug like $2 || '-%')
                   limit $3"#,
                tx.tenant(),
                wish,
                $crate::catalog::slugs::MOST_ALIKE
            )
            .fetch_all(tx.conn())
            .await?;
            Ok($crate::catalog::slugs::first_free(&wish, &taken, $reserved))
        }

        /// Does another of this kind have this address, or did it?
        pub(super) async fn is_anothers(
            tx: &mut $crate::db::TenantTx,
            slug: &str,
            own: $whose,
        ) -> Result<bool, $crate::error::AppError> {
            let found = sqlx::query_scalar!(
                r#"select exists (
                       select
                       from "# + $table + r#"
                       where tenant_id = $1
                         and slug = $2
                         and id <> $3
                   ) or exists (
                       select
                       from "# + $former + r#"
                       where tenant_id = $1
                         and slug = $2
                         and "# + $own + r#" <> $3
                   ) as "is_anothers!""#,
                tx.tenant(),
                slug,
                own.uuid()
            )
            .fetch_one(tx.conn())
            .await?;
            Ok(found)
        }

        /// Keeps an address that is given up.
        pub(super) async fn keep(
            tx: &mut $crate::db::TenantTx,
            slug: &str,
            own: $whose,
        ) -> Result<(), $crate::error::AppError> {
            sqlx::query!(
                "insert into " + $former + " (tenant_id, slug, " + $own + ")
                 values ($1, $2, $3)
                 on conflict (tenant_id, slug) do nothing",
                tx.tenant(),
                slug,
                own.uuid()
            )
            .execute(tx.conn())
            .await?;
            Ok(())
        }
    };
}
pub(crate) use slugs;

/// A name as an address with room for a number behind it. A name in another alphabet gives none.
pub(crate) fn wish(name: &str, otherwise: &str) -> String {
    let wish = Slug::from_name(name).map_or_else(|| otherwise.to_owned(), |slug| slug.as_str().to_owned());
    wish.get(..70).map_or(wish.as_str(), |cut| cut.trim_end_matches('-')).to_owned()
}

/// The wish itself, or with the first number that is neither taken nor reserved.
pub(crate) fn first_free(wish: &str, taken: &[String], reserved: &[&str]) -> String {
    let count = taken.len() + reserved.len() + 2;
    let free = std::iter::once(wish.to_owned())
        .chain((2..=count).map(|nth| format!("{wish}-{nth}")))
        .find(|slug| !taken.contains(slug) && !reserved.contains(&slug.as_str()));
    // With more alike than were read, something random is an address.
    free.filter(|_| count < 500).unwrap_or_else(|| format!("{wish}-{}", &VariantId::mint().to_string()[24..]))
}
