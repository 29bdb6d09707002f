//! Where a shop is found: its address with Duka, and domains of the merchant's own.

use crate::still::{
    form::{Form, Line, Sheet},
    frame::{Still, page},
    settings::back,
};
use crate::text::{dash, start};
use duka::tenancy::{
    own_domain::{Addresses, OwnDomain},
    ownership::{FILE, RECORD},
};
use leptos::prelude::*;

const ADDRESS: &str = "/dashboard/settings/domains";

/// What became of a look at a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looked {
    NotThere,
    Taken,
}

/// What the page shows. `sheet` holds what was typed into either form.
#[derive(Clone, Debug)]
pub struct DomainsPage<'a> {
    pub addresses: &'a Addresses,
    /// What follows the address of every shop: `.duka.example`.
    pub behind: &'a str,
    pub sheet: &'a Sheet,
    pub looked: Option<Looked>,
}

/// The whole page.
pub fn domains(still: &Still<'_>, shown: &DomainsPage<'_>) -> String {
    let locale = still.who.locale;
    let words = start::words(locale);
    let labels = [("slug", words.shop_address), ("domain", words.own_domain)];
    let form = Form { locale, sheet: shown.sheet, labels: &labels };
    let has_own_home = shown.addresses.domains.iter().any(|domain| domain.is_primary);
    let looked = shown.looked.map(|looked| match looked {
        Looked::NotThere => words.proof_not_there,
        Looked::Taken => words.domain_taken,
    });
    let address = format!("{}{}", shown.addresses.slug, shown.behind);
    let rows: Vec<_> = shown.addresses.domains.iter().map(|domain| row(domain, &address, words)).collect();
    page(still, || {
        view! {
            {back(dash::words(locale).settings)}
            <h1>{words.domains_title}</h1>
            <p class="still__lead">{words.domains_lead}</p>
            {form.top()}
            {looked.map(|sentence| view! { <p class="notice notice--bad" role="alert">{sentence}</p> })}
            <section class="card sheet">
                <h2>{words.shop_address}</h2>
                <div class="pair">
                    <span class="code">{address}</span>
                    {if has_own_home {
                        view! {
                            <form method="post" action=format!("{ADDRESS}/subdomain/primary")>
                                <button class="button" type="submit">{words.make_primary}</button>
                            </form>
                        }.into_any()
                    } else {
                        view! { <span class="badge">{words.is_primary}</span> }.into_any()
                    }}
                </div>
                <form class="sheet" method="post" action=format!("{ADDRESS}/subdomain")>
                    {form.line(Line { name: "slug", hint: Some(words.move_text), max: 40, ..Line::default() })}
                    <button class="button" type="submit">{words.move_shop}</button>
                </form>
            </section>
            {(!rows.is_empty()).then(|| view! { <h2>{words.own_domains}</h2> })}
            {rows}
            <form class="card sheet" method="post" action=ADDRESS>
                <h2>{words.own_domain}</h2>
                {form.line(Line { name: "domain", hint: Some(words.own_domain_hint), placeholder: Some("njeri.co.ke"), inputmode: Some("url"), max: 253, ..Line::default() })}
                <button class="button button--main" type="submit">{words.add_domain}</button>
            </form>
        }
    })
}

fn row(domain: &OwnDomain, address: &str, words: &'static start::StartWords) -> impl IntoView + use<> {
    let at = |what: &str| format!("{ADDRESS}/{}/{what}", domain.id);
    let state = match (domain.is_primary, domain.is_proved) {
        (true, _) => words.is_primary,
        (false, true) => words.proved,
        (false, false) => words.not_proved,
    };
    let proof = (!domain.is_proved).then(|| {
        let file = (words.file_text)(&format!("http://{}{FILE}", domain.name));
        view! {
            <p>{words.proof_text}</p>
            <dl class="proof">
                <dt>{words.record_name}</dt>
                <dd class="code">{format!("{RECORD}.{}", domain.name)}</dd>
                <dt>{words.record_value}</dt>
                <dd class="code">{domain.proof.clone()}</dd>
            </dl>
            <p class="row__more code">{file}</p>
            <form method="post" action=at("check")>
                <button class="button button--main" type="submit">{words.check_domain}</button>
            </form>
        }
    });
    let choose = (domain.is_proved && !domain.is_primary).then(|| {
        view! {
            <p>{words.point_text}</p>
            <dl class="proof">
                <dt>{words.record_name}</dt>
                <dd class="code">{domain.name.clone()}</dd>
                <dt>{words.record_value}</dt>
                <dd class="code">{address.to_owned()}</dd>
            </dl>
            <form method="post" action=at("primary")>
                <button class="button button--main" type="submit">{words.make_primary}</button>
            </form>
        }
    });
    view! {
        <section class="card sheet">
            <h3 class="code">{domain.name.clone()}</h3>
            <p class="row__more">{state}</p>
            {proof}
            {choose}
            <form method="post" action=at("remove")>
                <button class="button" type="submit">{words.remove}</button>
            </form>
        </section>
    }
}
