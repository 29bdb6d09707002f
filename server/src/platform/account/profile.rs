//! Name, phone and language of the person, as a sheet over their row.

use crate::{doors::Inside, platform::sheet::Sheet};
use app::{
    still::{account::profile_page, form::Sheet as Shown},
    text::account,
};
use duka::{
    ctx::Ctx,
    error::AppError,
    kernel::typed::Typed,
    tenancy::profile::{self, Profile},
};

#[derive(Debug)]
pub struct Oneself;

impl Sheet for Oneself {
    type Key = ();
    type Page = Profile;
    const FIELDS: &'static [&'static str] = &profile::FIELDS;

    async fn load(ctx: &Ctx, (): &()) -> Result<Profile, AppError> {
        profile::load(ctx).await
    }
    fn form(page: &Profile) -> (i32, Typed) {
        (page.version, page.typed())
    }
    async fn save(ctx: Ctx, (): (), version: i32, typed: Typed) -> Result<(), AppError> {
        profile::save(&ctx, version, &typed).await
    }
    fn draw(inside: &Inside, (): &(), page: &Profile, shown: &Shown) -> String {
        let title = account::words(inside.locale()).account;
        profile_page(&inside.still("", title), page, shown)
    }
    fn address((): &()) -> String {
        app::dashboard::address::ACCOUNT.to_owned()
    }
}
