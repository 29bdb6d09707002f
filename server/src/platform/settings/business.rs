//! The business' settings.

use crate::{doors::Inside, platform::sheet::Sheet};
use app::{
    dashboard::address::SETTINGS,
    still::{form, settings},
    text,
};
use duka::{
    ctx::Ctx,
    error::AppError,
    kernel::typed::Typed,
    tenancy::business::{self, Business},
};

pub struct BusinessSheet;

impl Sheet for BusinessSheet {
    type Key = ();
    type Page = Business;
    const FIELDS: &'static [&'static str] = business::FIELDS;

    async fn load(ctx: &Ctx, (): &()) -> Result<Business, AppError> {
        business::load(ctx).await
    }
    fn form(page: &Business) -> (i32, Typed) {
        (page.version, page.typed.clone())
    }
    async fn save(ctx: Ctx, (): (), version: i32, typed: Typed) -> Result<(), AppError> {
        business::change_business(&ctx, version, &typed).await
    }
    fn draw(inside: &Inside, (): &(), page: &Business, shown: &form::Sheet) -> String {
        let (title, _) = text::settings::words(inside.locale()).business;
        settings::business::business(&inside.still(SETTINGS, title), page, shown)
    }
    fn address((): &()) -> String {
        "/dashboard/settings/business".to_owned()
    }
}
