//! What the merchant has written down: how it delivers, what comes back, what becomes of people's data.

use serde::{Deserialize, Serialize};

/// The texts there are; each has an address of its own when it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyKind {
    Delivery,
    Returns,
    Privacy,
}

impl PolicyKind {
    pub const ALL: [Self; 3] = [Self::Delivery, Self::Returns, Self::Privacy];

    /// The word in `/pages/{slug}`.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Delivery => "delivery",
            Self::Returns => "returns",
            Self::Privacy => "privacy",
        }
    }
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyPage {
    pub kind: PolicyKind,
    /// Plain text; an empty line parts paragraphs.
    pub text: String,
}

#[cfg(feature = "ssr")]
pub use on_the_server::load;

#[cfg(feature = "ssr")]
mod on_the_server {
    use super::{PolicyKind, PolicyPage};
    use crate::{
        ctx::Ctx,
        error::AppError,
        pages::storefront::frame::{Loaded, Visit, load_frame},
    };

    /// The page; not found until the merchant has written it.
    pub async fn load(ctx: &Ctx, visit: &Visit, slug: &str) -> Result<Loaded<PolicyPage>, AppError> {
        let kind = PolicyKind::parse(slug).ok_or(AppError::NotFound)?;
        let mut tx = ctx.tx().await?;
        let (frame, version) = load_frame(&mut tx, visit).await?;
        let row = sqlx::query!(
            "select delivery_policy, returns_policy, privacy_notice
             from stores
             where tenant_id = $1
               and id = $2",
            tx.tenant(),
            visit.store.uuid()
        )
        .fetch_one(tx.conn())
        .await?;
        let text = match kind {
            PolicyKind::Delivery => row.delivery_policy,
            PolicyKind::Returns => row.returns_policy,
            PolicyKind::Privacy => row.privacy_notice,
        };
        let text = text.filter(|text| !text.is_empty()).ok_or(AppError::NotFound)?;
        Ok(Loaded { frame, page: PolicyPage { kind, text }, version })
    }
}
