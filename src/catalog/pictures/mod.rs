//! The pictures of a product: hung, put in order, described, taken down.
//!
//! Every verb holds the product's row, so two people never count or sort the same pictures at once. The files stay
//! when a picture is taken down: orders keep showing what was bought.

mod change_picture;
mod hang_picture;
mod place_picture;
mod remove_picture;
mod seen_order;

pub use change_picture::{FIELDS, LONGEST_ALT, change_picture};
pub use hang_picture::{Hung, hang_picture};
pub use place_picture::place_picture;
pub use remove_picture::remove_picture;
pub use seen_order::SeenOrder;

use crate::{db::TenantTx, error::AppError, kernel::id::ProductId};

/// More pictures than anybody would look through.
pub const MOST: usize = 20;

/// Holds the product until the transaction ends; "not found" for another merchant's. Lines of carts and orders may name
/// it meanwhile. Whoever also says which picture a variant shows has locked the variants before.
async fn lock_product(tx: &mut TenantTx, product: ProductId) -> Result<(), AppError> {
    let found = sqlx::query_scalar!(
        "select id
         from products
         where tenant_id = $1
           and id = $2
         for no key update",
        tx.tenant(),
        product.uuid()
    )
    .fetch_optional(tx.conn())
    .await?;
    found.map(|_| ()).ok_or(AppError::NotFound)
}
