//! The settings' table of contents: what this person may change.

use crate::dashboard::address;
use crate::still::{Still, page};
use crate::text::{card_settings, dash, partner_settings, settings, sms};
use duka::kernel::access::Permission;
use leptos::prelude::*;

pub fn contents(still: &Still<'_>) -> String {
    let who = still.who;
    let words = settings::words(who.locale);
    let title = dash::words(who.locale).settings;
    let all = [
        ("/dashboard/start", words.start, Permission::EditStore),
        ("/dashboard/settings/stores", words.stores, Permission::EditStore),
        ("/dashboard/settings/business", words.business, Permission::EditStore),
        ("/dashboard/settings/domains", words.domains, Permission::EditStore),
        ("/dashboard/settings/delivery", words.delivery, Permission::EditDelivery),
        ("/dashboard/settings/partners", partner_settings::words(who.locale).entry, Permission::ManagePayments),
        ("/dashboard/settings/mpesa", words.mpesa, Permission::ManagePayments),
        ("/dashboard/settings/cards", card_settings::words(who.locale).entry, Permission::ManagePayments),
        ("/dashboard/settings/cash", words.cash, Permission::ManagePayments),
        ("/dashboard/settings/sms", sms::words(who.locale).entry, Permission::ManagePayments),
        ("/dashboard/settings/team", words.team, Permission::ManageTeam),
        ("/dashboard/settings/activity", words.activity, Permission::SeeAudit),
        ("/dashboard/settings/data", words.records, Permission::ManageData),
        (address::ACCOUNT, words.account, Permission::SeeDashboard),
    ];
    let rows: Vec<_> = all
        .into_iter()
        .filter(|(.., permission)| who.role.may(*permission))
        .map(|(href, (name, more), _)| {
            view! {
                <li>
                    <a class="row" href=href>
                        <span>
                            <span class="row__name">{name}</span>
                            <br/>
                            <span class="row__more">{more}</span>
                        </span>
                        <span aria-hidden="true">"›"</span>
                    </a>
                </li>
            }
        })
        .collect();
    page(still, || {
        view! {
            <h1>{title}</h1>
            <ul class="card rows">{rows}</ul>
        }
    })
}
