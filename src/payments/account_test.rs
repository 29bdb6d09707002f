//! A try of an M-Pesa account with KSh 1.

use crate::{
    ctx::Platform,
    error::AppError,
    kernel::id::{AccountTestId, TenantId},
};
use std::sync::Arc;

pub async fn check(_platform: &Arc<Platform>, _tenant: TenantId, test: AccountTestId) -> Result<(), AppError> {
    Err(AppError::broken(format!("{test} cannot be checked")))
}
