//! A shop's logo: set to a picture that lies in the media store, or taken away.

use super::catalogue_version;
use crate::{
    ctx::Ctx,
    error::AppError,
    kernel::{access::Permission, id::StoreId},
};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Where the logo lies and how large it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    /// The path its addresses begin with; `-160.webp` and the like are added to it.
    pub url: String,
    /// Pixels of the original.
    pub width: u16,
    pub height: u16,
    /// Widths that exist, rising.
    pub widths: Vec<u16>,
}

impl Logo {
    /// The address of its largest file.
    fn address(&self) -> String {
        self.widths.last().map_or_else(|| self.url.clone(), |width| format!("{}-{width}.webp", self.url))
    }
}

/// Sets it, or takes it away, where its address is still the one that was `seen`, empty for none. The files of the one
/// before stay, since pages that were kept still show it.
///
/// Somebody was faster: [`AppError::ChangedMeanwhile`], unless they did the same.
pub async fn change_logo(ctx: &Ctx, store: StoreId, seen: &str, logo: Option<&Logo>) -> Result<(), AppError> {
    ctx.require(Permission::EditStore)?;
    let row = logo.map(serde_json::to_value).transpose().map_err(AppError::broken)?;
    let mut tx = ctx.tx().await?;
    let before = sqlx::query!(
        "select logo, logo_url
         from stores
         where tenant_id = $1
           and id = $2
         for update",
        tx.tenant(),
        store.uuid()
    )
    .fetch_optional(tx.conn())
    .await?
    .ok_or(AppError::NotFound)?;
    if before.logo == row {
        return Ok(());
    }
    if before.logo_url.as_deref().unwrap_or_default() != seen {
        return Err(AppError::ChangedMeanwhile);
    }
    sqlx::query!(
        "update stores
         set logo = $3, logo_url = $4, updated_at = now()
         where tenant_id = $1
           and id = $2",
        tx.tenant(),
        store.uuid(),
        row,
        logo.map(Logo::address)
    )
    .execute(tx.conn())
    .await?;
    let details = json!({ "has_logo": logo.is_some() });
    tx.audit(ctx.actor, "store_logo_changed", "stores", store.uuid(), details).await?;
    catalogue_version::raise(&mut tx).await?;
    Ok(tx.commit().await?)
}
