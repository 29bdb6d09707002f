//! The settings' doors: the shops, the business, M-Pesa, the team, what happened.

mod activity;
mod business;
mod cards;
mod cash;
mod join;
mod logo;
mod mpesa;
mod partners;
mod sms;
mod store;
mod stores;
mod team;

use crate::{
    doors::{Doors, Inside, Who},
    platform::sheet,
};
use app::{
    dashboard::address::SETTINGS,
    still::settings::{contents, records},
    text::{dash, settings},
};
use axum::response::Response;
use duka::kernel::access::Permission;
use http::StatusCode;

pub fn doors(doors: Doors) -> Doors {
    let (store, team) = (Who::Member(Permission::EditStore), Who::Sure(Permission::ManageTeam));
    let money = Who::Sure(Permission::ManagePayments);
    doors
        .page("/dashboard/settings", super::MEMBERS, table_of_contents)
        .page("/dashboard/settings/stores", store, stores::page)
        .form("/dashboard/settings/stores", store, stores::add)
        .form("/dashboard/stores/choose", super::MEMBERS, stores::choose)
        .page("/dashboard/settings/stores/{store}", store, store::page)
        .form("/dashboard/settings/stores/{store}", store, store::save)
        .form("/dashboard/settings/stores/{store}/logo", store, logo::change)
        .form("/dashboard/settings/stores/{store}/logo/remove", store, logo::remove)
        .page("/dashboard/settings/business", store, sheet::page::<business::BusinessSheet>)
        .form("/dashboard/settings/business", store, sheet::change::<business::BusinessSheet>)
        .page("/dashboard/settings/mpesa", money, mpesa::page)
        .form("/dashboard/settings/mpesa", money, sheet::change::<mpesa::AccountSheet>)
        .form("/dashboard/settings/mpesa/test", money, mpesa::try_it)
        .form("/dashboard/settings/mpesa/operator", money, mpesa::change_operator)
        .form("/dashboard/settings/mpesa/addresses", money, mpesa::register_addresses)
        .form("/dashboard/settings/mpesa/balance", money, mpesa::ask_balance)
        .page("/dashboard/settings/cards", money, sheet::page::<cards::CardSheet>)
        .form("/dashboard/settings/cards", money, sheet::change::<cards::CardSheet>)
        .form("/dashboard/settings/cards/check", money, cards::check)
        .form("/dashboard/settings/cards/stop", money, cards::stop)
        .page("/dashboard/settings/partners", money, sheet::page::<partners::PartnerSheet>)
        .form("/dashboard/settings/partners", money, sheet::change::<partners::PartnerSheet>)
        .form("/dashboard/settings/partners/check", money, partners::check)
        .form("/dashboard/settings/partners/stop", money, partners::stop)
        .page("/dashboard/settings/cash", money, cash::page)
        .form("/dashboard/settings/cash", money, cash::save)
        .page("/dashboard/settings/sms", money, sheet::page::<sms::SmsSheet>)
        .form("/dashboard/settings/sms", money, sheet::change::<sms::SmsSheet>)
        .page("/dashboard/settings/team", team, team::page)
        .form("/dashboard/settings/team/invite", team, team::invite)
        .form("/dashboard/settings/team/revoke", team, team::revoke)
        .form("/dashboard/settings/team/role", team, team::change_role)
        .form("/dashboard/settings/team/active", team, team::set_active)
        .page("/dashboard/settings/activity", Who::Member(Permission::SeeAudit), activity::page)
        .page("/dashboard/settings/data", Who::Member(Permission::ManageData), ways_in_and_out)
        .page("/invites/{token}", Who::Anybody, join::page)
        .form("/invites/{token}", Who::Anybody, join::accept)
        .page("/sw/invites/{token}", Who::Anybody, join::page)
        .form("/sw/invites/{token}", Who::Anybody, join::accept)
}

async fn ways_in_and_out(inside: Inside) -> Response {
    let title = settings::words(inside.locale()).records.0;
    crate::request::private_page(StatusCode::OK, records::records(&inside.still(SETTINGS, title)))
}

async fn table_of_contents(inside: Inside) -> Response {
    let title = dash::words(inside.locale()).settings;
    crate::request::private_page(StatusCode::OK, contents::contents(&inside.still(SETTINGS, title)))
}
