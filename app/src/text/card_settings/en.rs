//! The settings page for cards in English.

use super::CardSettingsWords;

pub static WORDS: CardSettingsWords = CardSettingsWords {
    entry: ("Cards", "Visa and Mastercard through your Paystack account"),
    lead: "The keys stand in your Paystack dashboard under Settings, API Keys. Nobody can read the secret key here, not even you; new keys are used once Paystack has answered to them.",
    labels: &[("public_key", "Public key"), ("secret_key", "Secret key")],
    public_hint: "Begins with pk_live_",
    in_use: "Shoppers can pay by card.",
    in_use_for_trying: "Shoppers can pay by card, but these keys are for trying: no real money moves.",
    none: "No keys are in use: shoppers cannot pay by card yet.",
    candidate: "What stands below is not in use yet.",
    problem: |word| match word {
        "not_accepted" => "Paystack does not take this secret key. Copy it again from your Paystack dashboard.",
        "test_keys" => "These keys are for trying and bring no real money. Take the live ones.",
        _ => "Paystack could not be reached. The keys are saved; check them again in a minute.",
    },
    check: "Check the keys again",
    check_text: "We ask Paystack for the newest payment. Nothing is changed or paid by it.",
    events: "Address for events",
    events_text: "Put this into your Paystack dashboard under Settings, API Keys, as the webhook URL, so that a payment is known even when the shopper never comes back. It stays the same when your keys change; keep it to yourself.",
    heard: "Paystack has reached us here.",
    not_heard: "Nothing has come from Paystack here yet. Payments are found by asking, a little later.",
    stop: "Stop taking cards",
    stop_text: "Payments under way are still settled. To take cards again, type the keys again.",
};
