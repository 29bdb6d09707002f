//! A stranger signs up: what it makes, which addresses are refused, two at once, how often.

use crate::world::{Answer, Browser, PASSWORD, PLATFORM, World, field, sign_up_form, with};
use http::{StatusCode, header::RETRY_AFTER};

#[tokio::test]
async fn signing_up_makes_a_closed_shop_a_session_a_key_and_one_mail() {
    let world = World::new().await;
    let mut browser = world.browser(PLATFORM);
    let page = browser.get("/sign-up").await;
    page.is(StatusCode::OK).says("islands.js").says("data-component").says("name=\"check\"");
    browser.post("/sign-up", &sign_up_form("kiondo-house")).await.leads_to("/dashboard/start");
    assert!(browser.has_cookie("duka_session"));
    browser.get("/dashboard/start").await.is(StatusCode::OK).says("Kiondo House").says("Wanjiku Kamau");
    let ours = "tenant_id = (select tenant_id from stores where slug = 'kiondo-house')";
    for (query, count) in [
        (
            "select count(*) from stores where slug = 'kiondo-house' and not is_live and went_live_at is null and not is_vat_registered",
            1,
        ),
        ("select count(*) from hosts where name = 'kiondo-house' and is_primary", 1),
        (&format!("select count(*) from tenant_keys where {ours}"), 1),
        (&format!("select count(*) from users where {ours} and role = 'owner' and phone = '+254711223344'"), 1),
        (
            &format!(
                "select count(*) from mails m join users u on u.id = m.subject_id where m.{ours} and kind = 'welcome'"
            ),
            1,
        ),
        (
            &format!(
                "select count(*) from mails m join account_tokens k on k.id = m.subject_id join users u on u.id = k.user_id
                 where m.{ours} and m.kind = 'change_email' and k.new_email = u.email and u.email_proved_at is null"
            ),
            1,
        ),
        (&format!("select count(*) from audit_log where {ours} and action in ('tenant_created', 'signed_up')"), 2),
    ] {
        assert_eq!(world.number(query).await, count, "{query}");
    }
}

#[tokio::test]
async fn the_address_is_checked_live_and_by_the_second_button() {
    let world = World::new().await;
    let mut browser = world.browser(PLATFORM);
    for (slug, is_free) in [("kiondo-house", true), ("theirs", false), ("www", false), ("ab", false), ("a--b", false)] {
        let answer = browser.get(&format!("/sign-up/address?slug={slug}")).await;
        let told: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
        assert_eq!((told["slug"].as_str(), told["is_free"].as_bool()), (Some(slug), Some(is_free)));
        assert!(told["message"].as_str().is_some_and(|text| text.len() > 10));
    }
    let sw = browser.get("/sw/sign-up/address?slug=kiondo").await;
    sw.says("kiondo.localhost iko wazi.");
    browser.get("/sign-up/address?slug=Mama%20Njeri%E2%80%99s%20Kiondo").await.says("like mama-njeris-kiondo.");
    let form = with(sign_up_form("theirs"), "check", "1");
    let page = browser.post("/sign-up", &form).await;
    page.is(StatusCode::OK).says("Somebody has this already").says("wanjiku@kiondo.test").says_not(PASSWORD);
    // Without an address the name of the shop makes a proposal.
    let page = browser.post("/sign-up", &[("business", "Mama Njeri’s Kiondo"), ("check", "1")]).await;
    page.is(StatusCode::OK).says("mama-njeris-kiondo.localhost is free.");
    assert_eq!(field(&page.text, "slug"), "mama-njeris-kiondo");
    assert_eq!(world.number("select count(*) from tenants").await, 1);
}

#[tokio::test]
async fn addresses_that_are_not_for_shops_are_refused_by_name() {
    let world = World::new().await;
    for (slug, words) in [
        ("www", "This address is not for shops"),
        ("api", "This address is not for shops"),
        ("sign-in", "This address is not for shops"),
        ("mpesa", "This address is not for shops"),
        ("m-pesa-shop", "This address is not for shops"),
        ("safaricom", "This address is not for shops"),
        ("sh1t-shop", "This address is not for shops"),
        ("malaya", "This address is not for shops"),
        ("12345", "This address is not for shops"),
        ("xn--duka", "This address is not for shops"),
        ("theirs", "Somebody has this already"),
        ("ab", "This is too short"),
        ("a b c", "Small letters, digits and single dashes"),
        ("", "Please fill this in"),
    ] {
        let answer = world.browser(PLATFORM).post("/sign-up", &sign_up_form(slug)).await;
        answer.is(StatusCode::UNPROCESSABLE_ENTITY).says(words);
    }
    assert_eq!(world.number("select count(*) from tenants").await, 1);
}

#[tokio::test]
async fn of_two_who_want_one_address_at_once_one_has_it() {
    let world = World::new().await;
    let (mut one, mut other) = (world.browser(PLATFORM), world.browser(PLATFORM));
    let form = sign_up_form("kiondo-house");
    let theirs = with(sign_up_form("kiondo-house"), "email", "otieno@kiondo.test");
    let (a, b) = tokio::join!(one.post("/sign-up", &form), other.post("/sign-up", &theirs));
    let mut statuses = [a.status.as_u16(), b.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422]);
    let loser = if a.status == StatusCode::SEE_OTHER { b } else { a };
    loser.says("Somebody has this already");
    // Nothing of the second is left.
    assert_eq!(world.number("select count(*) from tenants").await, 2);
    assert_eq!(world.number("select count(*) from mails where kind = 'welcome'").await, 1);
    assert_eq!(world.number("select count(*) from mails").await, 2);
}

#[tokio::test]
async fn the_same_form_sent_again_leads_into_the_shop_that_it_made() {
    let world = World::new().await;
    let form = sign_up_form("kiondo-house");
    world.browser(PLATFORM).post("/sign-up", &form).await.leads_to("/dashboard/start");
    // The answer was lost on the way.
    let mut again = world.browser(PLATFORM);
    again.post("/sign-up", &form).await.leads_to("/dashboard/start");
    again.get("/dashboard/start").await.is(StatusCode::OK).says("Kiondo House");
    let guessed = with(form, "password", "mti wa mwembe na kiti 2027");
    let refused = world.browser(PLATFORM).post("/sign-up", &guessed).await;
    refused.is(StatusCode::UNPROCESSABLE_ENTITY).says("Somebody has this already");
    assert_eq!(world.number("select count(*) from tenants").await, 2);
    assert_eq!(world.number("select count(*) from mails").await, 2);
}

/// Signs up a shop of this number, each for another e-mail.
async fn sign_up_another(browser: &mut Browser<'_>, nth: u32) -> Answer {
    let (slug, email) = (format!("kiondo-{nth}"), format!("njeri{nth}@kiondo.test"));
    browser.post("/sign-up", &with(sign_up_form(&slug), "email", &email)).await
}

#[tokio::test]
async fn a_mobile_network_signs_up_thirty_shops_an_hour_and_the_next_waits() {
    let world = World::new().await;
    let mut browser = world.browser(PLATFORM);
    browser.from = Some(([41, 89, 1, 1], 4711).into());
    for nth in 0..30 {
        sign_up_another(&mut browser, nth).await.leads_to("/dashboard/start");
    }
    let answer = sign_up_another(&mut browser, 30).await;
    answer.is(StatusCode::TOO_MANY_REQUESTS).says("60 minutes").says("njeri30@kiondo.test");
    assert!(answer.header(RETRY_AFTER).parse::<u32>().unwrap() > 3500);
    let mut neighbour = world.browser(PLATFORM);
    neighbour.from = Some(([41, 89, 1, 2], 4711).into());
    sign_up_another(&mut neighbour, 30).await.leads_to("/dashboard/start");
}

#[tokio::test]
async fn a_mailbox_is_not_filled_by_signing_its_owner_up_again_and_again() {
    let world = World::new().await;
    let mut browser = world.browser(PLATFORM);
    for nth in 0..5 {
        let slug = format!("kiondo-{nth}");
        browser.post("/sign-up", &sign_up_form(&slug)).await.leads_to("/dashboard/start");
    }
    let answer = browser.post("/sw/sign-up", &sign_up_form("kiondo-5")).await;
    answer.is(StatusCode::TOO_MANY_REQUESTS).says("kwa barua pepe hii").says("wanjiku@kiondo.test").says_not(PASSWORD);
    assert!((1..=60).contains(&answer.header(RETRY_AFTER).parse::<u32>().unwrap()));
    assert_eq!(world.number("select count(*) from mails where recipient = 'wanjiku@kiondo.test'").await, 10);
    sign_up_another(&mut browser, 5).await.leads_to("/dashboard/start");
}

#[tokio::test]
async fn what_is_wrong_is_named_and_what_was_typed_is_kept() {
    let world = World::new().await;
    let long = "a".repeat(300);
    for (name, value, words) in [
        ("business", "", "Please fill this in"),
        ("business", &*long, "This is too long"),
        ("business", "Kio\u{7}ndo", "cannot be read"),
        ("owner", "", "Please fill this in"),
        ("owner", "a\nb", "cannot be read"),
        ("phone", "12345", "f-phone"),
        ("phone", "", "Please fill this in"),
        ("email", "nobody", "f-email"),
        ("email", "a\u{0}@kiondo.test", "cannot be read"),
        ("password", "short", "This is too short"),
        ("password", &*"x".repeat(129), "This is too long"),
        ("role", "owner", "has no field “role”"),
    ] {
        let form = with(sign_up_form("kiondo-house"), name, value);
        let answer = world.browser(PLATFORM).post("/sign-up", &form).await;
        answer.is(StatusCode::UNPROCESSABLE_ENTITY).says(words).says("Nothing was created yet");
        assert_eq!(field(&answer.text, "slug"), "kiondo-house");
        assert_eq!(field(&answer.text, "password"), "");
        assert!(!answer.text.contains(PASSWORD));
    }
    assert_eq!(world.number("select count(*) from tenants").await, 1);
}
