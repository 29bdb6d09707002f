//! What nobody should type, in the forms of settings, team and account: the field is named, the rest is kept, nothing changes.

use crate::{
    merchant::member,
    world::{Answer, World},
};
use duka::kernel::access::Role;
use http::StatusCode;

/// A form with everything right, and which of its fields are free text and which are choices.
struct Form {
    path: &'static str,
    right: &'static [(&'static str, &'static str)],
    texts: &'static [&'static str],
    choices: &'static [&'static str],
    /// Whether it can be saved here: some ask a provider.
    is_saved: bool,
}

const FORMS: [Form; 8] = [
    Form {
        path: "/dashboard/settings/business",
        right: &[
            ("version", "1"),
            ("name", "Njeri Crafts"),
            ("timezone", "Africa/Nairobi"),
            ("whatsapp", "0711 223 344"),
        ],
        texts: &["name", "whatsapp"],
        choices: &["timezone"],
        is_saved: true,
    },
    Form {
        path: "/dashboard/settings/team/invite",
        right: &[("email", "otieno@duka.test"), ("role", "staff")],
        texts: &["email"],
        choices: &["role"],
        is_saved: true,
    },
    Form {
        path: "/dashboard/settings/cash",
        right: &[
            ("version", "0"),
            ("takes_cash", "on"),
            ("cash_most", "5000"),
            ("cash_where", "everywhere"),
            ("least_delivered", "2"),
            ("most_refused", "3"),
            ("manual_name", "Pochi la Biashara"),
            ("manual_instructions", "Send it to 0711 223 344"),
        ],
        texts: &["cash_most", "least_delivered", "most_refused", "manual_name", "manual_instructions"],
        choices: &[],
        is_saved: true,
    },
    Form {
        path: "/dashboard/settings/sms",
        right: &[
            ("version", "0"),
            ("username", "mama-njeri"),
            ("sender_id", "NJERI"),
            ("is_on", "on"),
            ("api_key", "keynobodymayread"),
        ],
        texts: &["username", "sender_id", "api_key"],
        choices: &[],
        is_saved: true,
    },
    Form {
        path: "/dashboard/settings/partners",
        right: &[("version", "0"), ("business", "12"), ("api_key", "keynobodymayread")],
        texts: &["business", "api_key"],
        choices: &[],
        is_saved: false,
    },
    Form {
        path: "/dashboard/settings/cards",
        right: &[("version", "0"), ("public_key", "pk_test_njeri"), ("secret_key", "sk_test_nobodymayread")],
        texts: &["public_key", "secret_key"],
        choices: &[],
        is_saved: false,
    },
    Form {
        path: "/dashboard/settings/mpesa",
        right: &[
            ("version", "0"),
            ("kind", "till"),
            ("short_code", "600000"),
            ("till_number", "5123456"),
            ("consumer_key", "keynobodymayread"),
            ("consumer_secret", "secretnobodymayread"),
            ("passkey", "passnobodymayread"),
        ],
        texts: &["short_code", "till_number", "consumer_key", "consumer_secret", "passkey"],
        choices: &["kind"],
        is_saved: true,
    },
    Form {
        path: "/dashboard/account",
        right: &[("version", "1"), ("name", "Wanjiku Kamau"), ("phone", "0711 223 344"), ("locale", "en")],
        texts: &["name", "phone"],
        choices: &["locale"],
        is_saved: true,
    },
];

fn is_secret(field: &str) -> bool {
    field.contains("key") || field.contains("secret")
}

#[track_caller]
fn names(answer: &Answer, field: &str, what: &str) {
    let text = answer.text();
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}: {text}");
    assert!(text.contains(&format!("id=\"p-{field}\"")), "{what}: the field is named: {text}");
    assert!(!text.contains("nobodymayread"), "{what}: a secret is never sent back");
}

#[tokio::test]
async fn each_wrong_field_is_named_and_the_others_keep_what_was_typed() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let long = "x".repeat(700);
    for Form { path, right, texts, choices, .. } in FORMS {
        let wrong = texts
            .iter()
            .flat_map(|field| [(*field, long.as_str()), (*field, "a\u{7}b"), (*field, "a\u{1b}[2Jb")])
            .chain(choices.iter().flat_map(|field| [(*field, "moon"), (*field, long.as_str()), (*field, "a\u{7}b")]));
        for (field, value) in wrong {
            let sent: Vec<_> =
                right.iter().map(|(name, kept)| (*name, if *name == field { value } else { *kept })).collect();
            let answer = owner.browser.post(path, &sent).await;
            let what = format!("{path} {field} {:?}", value.chars().take(8).collect::<String>());
            names(&answer, field, &what);
            let text = answer.text();
            for (name, kept) in right.iter().filter(|(name, _)| *name != field && !is_secret(name)) {
                assert!(text.contains(kept), "{what}: {name} is kept: {text}");
            }
        }
        let more = [right, &[("surprise", "1")]].concat();
        let answer = owner.browser.post(path, &more).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(answer.text().contains("has no field “surprise”"), "{path}: {}", answer.text());
    }
    assert_eq!(world.count("select count(*) from audit_log").await, 0, "nothing was changed");
    for Form { path, right, is_saved, .. } in FORMS {
        if is_saved {
            assert_eq!(owner.browser.post(path, right).await.status, StatusCode::SEE_OTHER, "{path} could be saved");
        }
    }
    world
        .db
        .logged(&[
            "business_changed",
            "member_invited",
            "payment_rules_changed",
            "sms_account_changed",
            "mpesa_account_changed",
            "profile_changed",
        ])
        .await;
}

#[tokio::test]
async fn another_merchants_area_and_a_role_that_is_none_are_named() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let theirs = world.kilimani.zone.to_string();
    let both = format!("{theirs} {}", world.njeri.zone);
    for zones in [theirs.as_str(), both.as_str(), "nonsense", ""] {
        let form = [("version", "0"), ("takes_cash", "on"), ("cash_where", "chosen"), ("cash_zones", zones)];
        names(&owner.browser.post("/dashboard/settings/cash", &form).await, "cash_zones", zones);
    }
    assert_eq!(world.count("select count(*) from payment_rules").await, 0);
    let staff = member(&world, &world.njeri, Role::Staff).await.user.to_string();
    let long = "x".repeat(700);
    for role in ["king", "OWNER", "", "owner\u{7}", long.as_str()] {
        let form = [("member", staff.as_str()), ("version", "1"), ("role", role)];
        names(&owner.browser.post("/dashboard/settings/team/role", &form).await, "role", role);
    }
    assert_eq!(world.count("select count(*) from users where role = 'staff'").await, 1);
    assert_eq!(world.count("select count(*) from audit_log").await, 0);
}
