//! A picture of a page or post: put there in words and pixels, named by a number in the text, and taken away.

use crate::{
    catalog::media::StoredPicture,
    ctx::Ctx,
    db::TenantTx,
    error::AppError,
    kernel::{
        access::Permission,
        field_errors::required_line,
        id::{PageId, PagePictureId},
    },
    tenancy::catalogue_version,
};
use serde::Deserialize;
use serde_json::json;

/// More pictures than a page on a phone should have.
pub const MOST_PICTURES: usize = 30;
/// Characters of the words that stand for a picture.
pub const LONGEST_ALT: usize = 250;

/// A picture as its page has it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PagePicture {
    pub id: PagePictureId,
    /// How the text names it, from 1.
    pub number: i32,
    /// What it shows, in words.
    pub alt_text: String,
    /// Its place in the media store, without width and file type.
    pub media_key: String,
    /// Widths that exist, rising.
    pub widths: Vec<u16>,
    /// Pixels of the original.
    pub width: u16,
    pub height: u16,
    pub placeholder: Option<String>,
}

impl PagePicture {
    /// What a merchant puts into the text where it is to be seen.
    pub fn markdown(&self) -> String {
        // What would end the words early.
        let words: String =
            self.alt_text.chars().filter(|sign| !matches!(sign, '[' | ']' | '\\' | '`' | '<')).collect();
        format!("![{words}](picture:{})", self.number)
    }
}

/// What a picture shows, in words; there is none without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AltText(String);

impl AltText {
    /// One line that says something, of at most [`LONGEST_ALT`] characters.
    pub fn parse(typed: &str) -> Option<Self> {
        required_line(typed, LONGEST_ALT).ok().map(Self)
    }
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It has this number now.
    New(i32),
    /// It was one of the page's already, in the same words.
    WasThere,
    /// It was one of the page's already, in other words: nothing was changed.
    SaysElse,
    /// The page has as many as it can.
    NoRoom,
}

/// A stored picture becomes one of the page's; nothing of the text changes.
pub async fn add_page_picture(
    ctx: &Ctx,
    page: PageId,
    picture: &StoredPicture,
    words: &AltText,
) -> Result<Added, AppError> {
    ctx.require(Permission::EditContent)?;
    let mut tx = ctx.tx().await?;
    // Holds the page, so two people never count at once. What readers see of it is not changed by this.
    let number = sqlx::query_scalar!(
        "update seo_pages
         set newest_picture = newest_picture + 1
         where tenant_id = $1
           and id = $2
           and type in ('blog', 'page')
         returning newest_picture",
        tx.tenant(),
        page.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let known = sqlx::query!(
        r#"select count(*) as "count!", coalesce(bool_or(media_key = $3), false) as "is_there!",
                  coalesce(bool_or(media_key = $3 and alt_text = $4), false) as "is_said!"
           from page_pictures
           where tenant_id = $1
             and page_id = $2"#,
        tx.tenant(),
        page.uuid(),
        picture.key,
        words.0
    )
    .fetch_one(tx.conn())
    .await?;
    if known.is_there {
        return Ok(if known.is_said { Added::WasThere } else { Added::SaysElse });
    }
    if usize::try_from(known.count).unwrap_or(MOST_PICTURES) >= MOST_PICTURES {
        return Ok(Added::NoRoom);
    }
    write(&mut tx, page, number, picture, words).await?;
    tx.audit(ctx.actor, "page_picture_added", "seo_pages", page.uuid(), json!({ "number": number })).await?;
    catalogue_version::raise(&mut tx).await?;
    tx.commit().await?;
    Ok(Added::New(number))
}

async fn write(
    tx: &mut TenantTx,
    page: PageId,
    number: i32,
    picture: &StoredPicture,
    words: &AltText,
) -> Result<(), AppError> {
    let widths: Vec<i32> = picture.widths.iter().copied().map(i32::from).collect();
    sqlx::query!(
        "insert into page_pictures (tenant_id, id, page_id, number, alt_text, media_key, width, height, widths, placeholder)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, nullif($10, ''))",
        tx.tenant(),
        PagePictureId::mint().uuid(),
        page.uuid(),
        number,
        words.0,
        picture.key,
        i32::from(picture.width),
        i32::from(picture.height),
        &widths,
        picture.placeholder
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Takes a picture away; where the text names it there is nothing then. One that is gone already stays gone.
pub async fn remove_page_picture(ctx: &Ctx, page: PageId, picture: PagePictureId) -> Result<(), AppError> {
    ctx.require(Permission::EditContent)?;
    let mut tx = ctx.tx().await?;
    sqlx::query_scalar!(
        "select id
         from seo_pages
         where tenant_id = $1
           and id = $2
           and type in ('blog', 'page')
         for update",
        tx.tenant(),
        page.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    let gone = sqlx::query_scalar!(
        "delete from page_pictures
         where tenant_id = $1
           and page_id = $2
           and id = $3
         returning number",
        tx.tenant(),
        page.uuid(),
        picture.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(number) = gone else { return Ok(()) };
    tx.audit(ctx.actor, "page_picture_removed", "seo_pages", page.uuid(), json!({ "number": number })).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_words_and_is_named_by_its_number() {
        assert_eq!(AltText::parse("  "), None);
        assert_eq!(AltText::parse(&"x".repeat(LONGEST_ALT + 1)), None);
        let picture = PagePicture {
            id: PagePictureId::mint(),
            number: 3,
            alt_text: "A [big] kiondo".to_owned(),
            media_key: String::new(),
            widths: vec![360],
            width: 400,
            height: 300,
            placeholder: None,
        };
        assert_eq!(picture.markdown(), "![A big kiondo](picture:3)");
    }
}
