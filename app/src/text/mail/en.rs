//! Mails in English.

use super::Wording;
use crate::text::parcel::not_handed_over;
use duka::{
    delivery::parcel::{Failure, code_of},
    kernel::{access::Role, locale::Locale},
    mail::{
        letter::About,
        order::{Closed, Towards},
    },
};

const fn role(role: Role) -> &'static str {
    match role {
        Role::Owner => "an owner",
        Role::Staff => "staff",
        Role::Viewer => "a viewer",
    }
}

pub(super) fn wording(about: &About) -> Wording {
    let (name, shop) = (about.person().name.trim(), &about.person().shop);
    let not_you = || {
        "If this was not you, somebody else may know your password. Choose a new one now; that signs everybody else out."
            .to_owned()
    };
    let (subject, before, button, after) = match about {
        About::Welcome { .. } => (
            format!("{shop} is ready on Duka"),
            vec![
                format!("Your shop {shop} is made. It opens to the public when you say so."),
                "A short list in your dashboard leads you there: products, delivery areas, M-Pesa.".to_owned(),
            ],
            Some("Open the dashboard"),
            vec![],
        ),
        About::ResetPassword { .. } => (
            "Choose a new password".to_owned(),
            vec![
                format!("Somebody, hopefully you, asked for a new password for {shop}."),
                "The link works once, within an hour.".to_owned(),
            ],
            Some("Choose a new password"),
            vec!["If you did not ask, do nothing: your password stays as it is.".to_owned()],
        ),
        About::ChangeEmail { is_own: false, .. } => (
            "Confirm your new e-mail".to_owned(),
            vec![
                format!("This address should become the one you sign in to {shop} with."),
                "The link works once. Until you open it, your old address stays.".to_owned(),
            ],
            Some("Confirm this address"),
            vec!["If you did not ask, do nothing.".to_owned()],
        ),
        About::ChangeEmail { is_own: true, .. } => (
            "Is this your e-mail?".to_owned(),
            vec![
                format!("This address is the one that signs in to {shop}, and where you get links when a password is lost."),
                "Tell us that it is yours. The link works once, within an hour; your account has a button for another."
                    .to_owned(),
            ],
            Some("Yes, it is mine"),
            vec!["If you have no shop with us, do nothing.".to_owned()],
        ),
        About::EmailChanged { .. } => (
            "Your e-mail was changed".to_owned(),
            vec![
                format!("From now on you sign in to {shop} with another e-mail address."),
                "If this was not you, ask another owner of the shop to disable the account, and write to us at once."
                    .to_owned(),
            ],
            None,
            vec![],
        ),
        About::PasswordChanged { .. } => (
            "Your password was changed".to_owned(),
            vec![format!("The password you sign in to {shop} with is another now."), not_you()],
            Some("Choose a new password"),
            vec![],
        ),
        About::SecondFactorChanged { is_on: true, .. } => (
            "Codes from your phone are on".to_owned(),
            vec![format!("Signing in to {shop} now asks for a code from your phone as well."), not_you()],
            Some("Choose a new password"),
            vec![],
        ),
        About::SecondFactorChanged { is_on: false, .. } => (
            "Codes from your phone are off".to_owned(),
            vec![format!("Signing in to {shop} no longer asks for a code from your phone."), not_you()],
            Some("Choose a new password"),
            vec![],
        ),
        About::Invite { role: as_what, .. } => (
            format!("Join {shop} on Duka"),
            vec![
                format!("You are asked to join the team of {shop} as {}.", role(*as_what)),
                "The link is for you alone. It works once, within seven days.".to_owned(),
            ],
            Some("Join the team"),
            vec!["If you do not know this shop, do nothing.".to_owned()],
        ),
        About::ParcelBooked(told) => (
            format!("{shop}: the code of your parcel, order {}", told.order_number),
            std::iter::once(format!(
                "Your order {} comes with {}. The code of the parcel is {}.",
                told.order_number, told.carrier, told.code
            ))
            .chain(told.agent.as_ref().map(|agent| {
                format!("You pick it up at {agent}. Wait until they tell you by SMS that it is there.")
            }))
            .collect(),
            Some("See the order"),
            vec!["Keep the code: you ask for the parcel by it.".to_owned()],
        ),
        About::DeliveryFailed(told) => (
            format!("{shop}: order {} could not be handed over", told.order_number),
            vec![
                format!("Your order {} was out with a rider, and has not reached you.", told.order_number),
                not_handed_over(Locale::En, Failure::parse(&told.why)),
            ],
            Some("See the order"),
            vec!["It does not leave again before that; as soon as it does, you get another message.".to_owned()],
        ),
        About::RefundAsked(told) => (
            format!("{shop}: {} is going back to you", told.amount),
            [
                told.closed.map(|closed| match closed {
                    Closed::ByTheShop => {
                        format!("{shop} has cancelled your order {}. Nothing of it comes any more.", told.order_number)
                    }
                    Closed::ByTheClock => format!(
                        "Your order {} was closed because it was not paid in full in time. Nothing of it comes any more.",
                        told.order_number
                    ),
                }),
                Some(format!(
                    "{shop} is sending you {} for your order {}. A second message comes when it has been sent.",
                    told.amount, told.order_number
                )),
            ]
            .into_iter()
            .flatten()
            .chain((!told.reason.is_empty()).then(|| format!("The shop says: {}", told.reason)))
            .collect(),
            Some("See the order"),
            vec![],
        ),
        About::RefundSent(told) => (
            format!("{shop}: {} has been sent back", told.amount),
            std::iter::once(format!("{shop} has sent you {} for your order {}.", told.amount, told.order_number))
                .chain(told.receipt.as_ref().map(|receipt| format!("The receipt is {receipt}.")))
                .chain((!told.reason.is_empty()).then(|| format!("The shop says: {}", told.reason)))
                .collect(),
            Some("See the order"),
            vec![],
        ),
        About::LowStock { goods, more, .. } => (
            match goods.len() + *more as usize {
                1 => format!("{shop}: one thing is running out"),
                count => format!("{shop}: {count} things are running out"),
            },
            std::iter::once("These fell to their limit since we last wrote:".to_owned())
                .chain(goods.iter().map(|one| match one.left {
                    ..=0 => format!("{}: sold out", one.name),
                    left => format!("{}: {left} left", one.name),
                }))
                .chain((*more > 0).then(|| format!("And {more} more.")))
                .collect(),
            Some("See what is low"),
            vec!["You can switch these mails off on that page.".to_owned()],
        ),
        About::OrderExpired { number, is_part_paid, is_cash: true, .. } => (
            format!("{shop}: order {number} was closed"),
            vec![
                format!("{shop} did not accept your order {number} in time, so it is closed. Nothing will be brought."),
                if *is_part_paid {
                    format!("What you had paid of it is with {shop}; write to them to have it back or to buy with it.")
                } else {
                    "You paid nothing, and there is nothing to pay.".to_owned()
                },
            ],
            Some("See the order"),
            vec!["If you still want it, write to the shop; their number is on the page.".to_owned()],
        ),
        About::OrderExpired { number, is_part_paid, .. } => (
            format!("{shop}: order {number} was closed"),
            std::iter::once(format!("Your order {number} at {shop} was not paid in time, so it is closed and the goods are back on the shelf."))
                .chain((!is_part_paid).then(|| "No money was taken.".to_owned()))
                .chain(is_part_paid.then(|| format!("What you had paid of it is with {shop}; write to them to have it back or to buy with it.")))
                .collect(),
            Some("See the order"),
            vec!["If you have just paid all the same, do nothing: the order opens again when the goods are still there, and otherwise your money comes back.".to_owned()],
        ),
        About::OrderPlaced { number, total, .. } => (
            format!("{shop}: we have your order {number}"),
            vec![
                format!("Thank you. {shop} has your order {number} over {total}."),
                "What you ordered, what it costs and what happens next stands on its page.".to_owned(),
            ],
            Some("See the order"),
            vec!["Whoever has the link sees the order, so keep it to yourself.".to_owned()],
        ),
        About::OrderOnItsWay { number, towards: Towards::Agent(agent), .. } => (
            format!("{shop}: order {number} is on its way"),
            vec![
                format!("Your order {number} has left {shop} for {agent}."),
                "They tell you by SMS when it is there: pick it up then, with the code that stands on its page.".to_owned(),
            ],
            Some("See the order"),
            vec![],
        ),
        About::OrderOnItsWay { number, towards: Towards::Shop, .. } => (
            format!("{shop}: order {number} is ready"),
            vec![format!("Your order {number} is packed. Come and collect it at {shop}; where that is stands on its page.")],
            Some("See the order"),
            vec![],
        ),
        About::OrderOnItsWay { number, code, .. } => (
            format!("{shop}: order {number} is on its way"),
            [
                Some(format!("Your order {number} has left {shop}. Keep your phone near: the rider may call.")),
                code.as_ref().map(|code| {
                    let code = code_of(code);
                    format!("When it is in your hands, and not before, tell the rider this code: {code}.")
                }),
            ]
            .into_iter()
            .flatten()
            .collect(),
            Some("See the order"),
            vec![],
        ),
        About::OrderDelivered { number, is_collected: true, .. } => (
            format!("{shop}: order {number} was collected"),
            vec![format!("Your order {number} was handed over. Thank you for buying at {shop}.")],
            Some("See the order"),
            vec!["If it was not you, write to the shop at once; their number is on the page.".to_owned()],
        ),
        About::OrderCancelled { number, reason, .. } => (
            format!("{shop}: order {number} was cancelled"),
            vec![
                format!("{shop} has cancelled your order {number}. There is nothing to pay."),
                format!("The reason: {reason}"),
            ],
            Some("See the order"),
            vec!["If you still want it, write to the shop; their number is on the page.".to_owned()],
        ),
        About::OrderDelivered { number, .. } => (
            format!("{shop}: order {number} was delivered"),
            vec![format!("Your order {number} was brought to you. Thank you for buying at {shop}.")],
            Some("See the order"),
            vec!["If it never reached you, write to the shop at once; their number is on the page.".to_owned()],
        ),
        About::SignInCode(_, code) => (
            format!("{shop}: your code is {}", code.as_str()),
            vec![
                format!("Somebody asked to see your orders at {shop}; we hope it was you."),
                format!("The code is {}. It works once, for ten minutes, in the browser that asked.", code.as_str()),
            ],
            None,
            vec!["Tell it to nobody, the shop does not ask for it. If it was not you, do nothing.".to_owned()],
        ),
        About::OrderPaid { number, total, .. } => (
            format!("{shop}: order {number} is paid"),
            vec![
                format!("Thank you. {total} has arrived, and your order {number} is paid."),
                "Here is your receipt.".to_owned(),
            ],
            Some("See the receipt"),
            vec!["Whoever has the link sees the order, so keep it to yourself.".to_owned()],
        ),
    };
    Wording {
        subject,
        greeting: if name.is_empty() { "Hello,".to_owned() } else { format!("Hello {name},") },
        before,
        button,
        after,
        footer: format!("Sent by Duka for {shop}. Nobody reads answers to this address."),
    }
}
