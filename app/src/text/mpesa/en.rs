//! The M-Pesa settings' further words in English.

use super::{AddressProblem, Light, MpesaWords};

pub const WORDS: MpesaWords = MpesaWords {
    operator: "API operator",
    operator_text: "With it Duka asks M-Pesa about codes that shoppers type, and sends money back. Make one in the M-Pesa organisation portal, with the roles for transaction status, balance and reversals.",
    operator_labels: &[("initiator_name", "Operator name"), ("initiator_password", "Operator password")],
    operator_set: |name| format!("Set: {name}."),
    operator_missing: "None is set: codes that shoppers type are checked by you.",
    password_set: "The password is set; it is never shown. Type a new one to change it.",
    password_until: |day| format!("Change the password by {day}: M-Pesa takes it for 90 days."),
    password_ends_soon: |day| {
        format!("M-Pesa takes this password until {day}. Set a new one in the M-Pesa portal, then type it here.")
    },
    password_over: |day| {
        format!("M-Pesa took this password until {day}. Set a new one in the M-Pesa portal, then type it here.")
    },

    addresses: "Money paid by hand",
    addresses_text: "When somebody pays your number from the M-Pesa menu, M-Pesa can tell Duka at once. For that it needs Duka's addresses.",
    register: "Register addresses",
    light: |light| match light {
        Light::Off => "Not registered",
        Light::Waiting => "Registered, nothing heard yet",
        Light::Good => "Working",
        Light::Bad => "Not working",
    },
    registered_at: |time| format!("Registered on {time}."),
    heard_at: |time| format!("M-Pesa last told of money on {time}."),
    heard_never: "M-Pesa has not told of any money yet.",
    problem: |problem| match problem {
        AddressProblem::NotReached => {
            "M-Pesa could not be reached. Nothing was registered. Try again in a few minutes."
        }
        AddressProblem::Unclear => {
            "M-Pesa gave no clear answer. The addresses may be registered or not. Press the button again; twice does no harm."
        }
        AddressProblem::Busy => "M-Pesa is busy. Nothing was registered. Try again in a few minutes.",
        AddressProblem::BadSettings => {
            "M-Pesa does not take the keys for this. Nothing was registered. Check in the Daraja portal that your app has M-Pesa C2B, then compare the keys above."
        }
        AddressProblem::Refused => {
            "M-Pesa said no to this number. Nothing was registered. Ask Safaricom whether C2B is switched on for your paybill or till."
        }
        AddressProblem::KnownBefore => {
            "M-Pesa has addresses for this number already, maybe of another program. Delete them in the Daraja portal under URL management. Then press the button again."
        }
    },
    next_wait: "Pay KSh 1 to your number by hand to see whether M-Pesa tells of it.",
    list_registered: |time| format!("M-Pesa's own list may be asked for since {time}."),
    list_missing: "M-Pesa's own list may not be asked for yet. It is registered together with the addresses, once the account was tried with KSh 1.",

    balance: "Balance",
    balance_text: "What lies in your M-Pesa account, as M-Pesa says.",
    balance_needs_operator: "To ask for it, set the API operator.",
    ask_balance: "Ask the balance",
    balance_asking: "M-Pesa is being asked. This page looks again by itself.",
    balance_at: |time| format!("As of {time}"),
    balance_problem: |word| match word {
        "bad_settings" => "M-Pesa does not take the account's keys or the operator. Compare them with the portal.",
        "operator_credential" => "The operator's name or password is wrong. Type both again.",
        "operator_locked" => "The operator is locked. Unlock it in the M-Pesa portal, then type its password here.",
        "operator_role" => "The operator may not ask for the balance. Give it the role in the M-Pesa portal.",
        "no_operator" => "No API operator is set. Set one above.",
        "no_answer" => "M-Pesa has not answered. Ask again later.",
        _ => "M-Pesa did not take the question. Ask again later.",
    },
};
