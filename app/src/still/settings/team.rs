//! The team: who works here and as what, who is invited, and what each role may do.

use super::back;
use crate::still::{
    Still,
    form::{Form, Line, Sheet},
    page,
};
use crate::text::{dash, settings};
use duka::{
    kernel::{
        access::{Permission, Role},
        id::UserId,
    },
    tenancy::{invites::OpenInvite, team::TeamMember},
};
use leptos::prelude::*;

/// `base_url` is the platform's, for the links of invites.
pub fn team(
    still: &Still<'_>,
    me: UserId,
    members: &[TeamMember],
    invites: &[OpenInvite],
    base_url: &str,
    sheet: &Sheet,
) -> String {
    let locale = still.who.locale;
    let (words, dash) = (settings::words(locale), dash::words(locale));
    let form = Form { locale, sheet, labels: words.invite_labels };
    let roles: Vec<(String, String)> =
        Role::ALL.iter().map(|role| (role.as_str().to_owned(), (dash.role)(*role).to_owned())).collect();
    let members: Vec<_> = members.iter().map(|member| row_of(locale, me, member)).collect();
    let invites: Vec<_> = invites
        .iter()
        .map(|invite| {
            let lasts =
                if invite.is_over { words.invite_over.to_owned() } else { (words.invite_lasts)(invite.days_left) };
            let more = format!("{} · {lasts}", (dash.role)(invite.role));
            let link = (!invite.is_over)
                .then(|| format!("{base_url}{}", locale.path(&format!("/invites/{}", invite.token.hex()))));
            view! {
                <li class="row">
                    <div>
                        <span class="row__name">{invite.email.clone()}</span>
                        <br/>
                        <span class="row__more">{more}</span>
                        {link.map(|link| view! {
                            <details class="row__more">
                                <summary>{words.invite_link}</summary>
                                <span class="code">{link}</span>
                            </details>
                        })}
                    </div>
                    <form method="post" action="/dashboard/settings/team/revoke">
                        <input type="hidden" name="invite" value=invite.id.to_string()/>
                        <button class="button" type="submit">{words.revoke}</button>
                    </form>
                </li>
            }
        })
        .collect();
    let has_invites = !invites.is_empty();
    page(still, || {
        view! {
            {back(dash.settings)}
            <h1>{still.title.to_owned()}</h1>
            <p class="still__lead">{words.team_lead}</p>
            {form.top()}
            <ul class="card rows">{members}</ul>
            <form class="card sheet" method="post" action="/dashboard/settings/team/invite">
                <h2>{words.invite}</h2>
                <div class="sheet__pair">
                    {form.line(Line { name: "email", kind: "email", max: 254, ..Line::default() })}
                    {form.choose("role", &roles, None)}
                </div>
                <button class="button button--main" type="submit">{words.send_invite}</button>
            </form>
            {has_invites.then(|| view! {
                <section class="card">
                    <h2>{words.open_invites}</h2>
                    <ul class="rows">{invites}</ul>
                </section>
            })}
            {powers(locale)}
        }
    })
}

fn row_of(locale: duka::kernel::locale::Locale, me: UserId, member: &TeamMember) -> impl IntoView + use<> {
    let (words, dash) = (settings::words(locale), dash::words(locale));
    let more: Vec<&str> = [
        Some((dash.role)(member.role)),
        (member.id == me).then_some(words.you),
        member.has_second_factor.then_some(words.second_factor_on),
        (!member.is_active).then_some(words.left),
    ]
    .into_iter()
    .flatten()
    .collect();
    let options: Vec<_> = Role::ALL
        .into_iter()
        .map(|role| {
            let is_theirs = role == member.role;
            view! { <option value=role.as_str() selected=is_theirs>{(dash.role)(role)}</option> }
        })
        .collect();
    let label = format!("{}: {}", words.role, member.name);
    let (id, version) = (member.id.to_string(), member.version.to_string());
    let door = if member.is_active { words.show_out } else { words.let_in };
    let active = if member.is_active { "" } else { "on" };
    view! {
        <li class="row row--stacked">
            <span>
                <span class="row__name">{member.name.clone()}</span>
                <br/>
                <span class="row__more">{format!("{} · {}", member.email, more.join(" · "))}</span>
            </span>
            <div class="row__doing">
                <form class="role" method="post" action="/dashboard/settings/team/role">
                    <input type="hidden" name="member" value=id.clone()/>
                    <input type="hidden" name="version" value=version.clone()/>
                    <select class="input" name="role" aria-label=label>{options}</select>
                    <button class="button" type="submit">{words.give_role}</button>
                </form>
                <form method="post" action="/dashboard/settings/team/active">
                    <input type="hidden" name="member" value=id/>
                    <input type="hidden" name="version" value=version/>
                    <input type="hidden" name="active" value=active/>
                    <button class="button" type="submit">{door}</button>
                </form>
            </div>
        </li>
    }
}

/// The one table of roles and rights, as it is asked everywhere.
fn powers(locale: duka::kernel::locale::Locale) -> impl IntoView {
    let (words, dash) = (settings::words(locale), dash::words(locale));
    let heads: Vec<_> = Role::ALL.iter().map(|role| view! { <th scope="col">{(dash.role)(*role)}</th> }).collect();
    let rows: Vec<_> = Permission::ALL
        .into_iter()
        .map(|permission| {
            let cells: Vec<_> = Role::ALL
                .iter()
                .map(|role| {
                    let may = role.may(permission);
                    view! {
                        <td>
                            <span aria-hidden="true">{if may { "✓" } else { "–" }}</span>
                            <span class="hidden">{if may { words.may } else { words.may_not }}</span>
                        </td>
                    }
                })
                .collect();
            view! { <tr><th scope="row">{(words.permission)(permission)}</th>{cells}</tr> }
        })
        .collect();
    view! {
        <section class="card">
            <h2>{words.role_can}</h2>
            <table class="powers">
                <thead><tr><td></td>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}
