//! The account for text messages.

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
    mail::sms_account::{self, SmsSettings},
};

pub struct SmsSheet;

impl Sheet for SmsSheet {
    type Key = ();
    type Page = SmsSettings;
    const FIELDS: &'static [&'static str] = sms_account::FIELDS;
    const SECRETS: &'static [&'static str] = sms_account::SECRETS;

    async fn load(ctx: &Ctx, (): &()) -> Result<SmsSettings, AppError> {
        sms_account::load(ctx).await
    }
    fn form(page: &SmsSettings) -> (i32, Typed) {
        (page.version, page.typed.clone())
    }
    async fn save(ctx: Ctx, (): (), version: i32, typed: Typed) -> Result<(), AppError> {
        sms_account::change_account(&ctx, version, &typed).await
    }
    fn draw(inside: &Inside, (): &(), page: &SmsSettings, shown: &form::Sheet) -> String {
        let (title, _) = text::sms::words(inside.locale()).entry;
        settings::sms::sms(&inside.still(SETTINGS, title), page, shown)
    }
    fn address((): &()) -> String {
        "/dashboard/settings/sms".to_owned()
    }
}
