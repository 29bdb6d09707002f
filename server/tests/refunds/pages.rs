//! The pages over the real router: looking before sending, wrong input that stays in the form, and who may do what.

use super::{
    browser::{Browser, PASSWORD},
    shop::{item, paid_order, picture},
    story::Story,
};
use duka::{
    catalog::media::MediaStore,
    checkout::{place_order::Placed, refunds::asked::pieces_field},
    ctx::Platform,
    kernel::{
        access::Role,
        id::{RefundId, TenantId, UserId},
    },
    tenancy::password,
};
use http::StatusCode;
use server::{
    config::Config,
    router::{Guarded, router},
    site::Site,
    state::App,
};
use std::sync::Arc;

struct Behind {
    story: Story,
    router: Guarded,
    placed: Placed,
}

/// A paid order behind the real router, and somebody of every role.
async fn site() -> Behind {
    let story = Story::begin().await;
    let placed = paid_order(&story).await;
    let hash = password::hash(PASSWORD).await.unwrap();
    for role in [Role::Owner, Role::Staff, Role::Viewer] {
        person(&story, story.tenant(), &format!("{}@ours.test", role.as_str()), role, &hash).await;
    }
    let stranger = story.stranger().await;
    person(&story, stranger.tenant(), "owner@theirs.test", Role::Owner, &hash).await;
    let platform = Arc::new(Platform { base_url: "http://localhost:3000".into(), ..(*story.platform).clone() });
    let media = MediaStore::open(&format!("file://{}", std::env::temp_dir().display())).unwrap();
    let app = App::new(Arc::new(Config::bare(std::env::temp_dir())), platform, media, Site::open(None).unwrap(), false);
    Behind { story, router: router(app), placed }
}

async fn person(story: &Story, tenant: TenantId, email: &str, role: Role, hash: &str) {
    sqlx::query("insert into users (tenant_id, id, email, role, password_hash) values ($1, $2, $3, $4, $5)")
        .bind(tenant.uuid())
        .bind(UserId::mint().uuid())
        .bind(email)
        .bind(role.as_str())
        .bind(hash)
        .execute(&story.everything)
        .await
        .unwrap();
}

async fn signed_in<'r>(site: &'r Behind, email: &str) -> Browser<'r> {
    let mut browser = Browser::on(&site.router);
    browser.sign_in(email).await;
    browser
}

/// The value of a hidden field.
fn field(html: &str, name: &str) -> String {
    let at = html.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("the page has no field {name}:\n{html}"));
    let tag = &html[html[..at].rfind('<').unwrap()..];
    let tag = &tag[..tag.find('>').unwrap()];
    tag.split(" value=\"").nth(1).unwrap_or_default().split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_is_looked_at_sent_once_and_marked_with_its_receipt() {
    let site = site().await;
    let mut owner = signed_in(&site, "owner@ours.test").await;
    let at = format!("/dashboard/orders/{}/refund", site.placed.order);
    let page = owner.get(&at).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("KSh 3,650 of this order") && !page.text.contains("What goes back"), "{}", page.text);
    let refund = field(&page.text, "refund");
    let pieces = pieces_field(item(&site.story, &site.placed, 0).await);
    let form = [("refund", refund.as_str()), (pieces.as_str(), "1"), ("delivery", "on"), ("reason", "torn & late")];
    let looked = owner.post(&at, &[&form[..], &[("look", "1")]].concat()).await;
    assert_eq!(looked.status, StatusCode::OK);
    for words in ["What goes back", "KSh 1,150", "VAT inside", "KSh 158.62", "torn &amp; late", "Send back KSh 1,150"] {
        assert!(looked.text.contains(words), "{words}:\n{}", looked.text);
    }
    assert_eq!(site.story.count("refunds").await, 0, "looking sends nothing");
    let seen = field(&looked.text, "seen_total");
    let sent = [&form[..], &[("seen_total", seen.as_str())]].concat();
    for _ in 0..3 {
        owner.post(&at, &sent).await.leads_to(&format!("/dashboard/orders/{}", site.placed.order));
    }
    assert_eq!(site.story.count("refunds").await, 1);

    let mut staff = signed_in(&site, "staff@ours.test").await;
    let list = staff.get("/dashboard/payments/refunds").await;
    assert!(list.text.contains("KSh 1,150 has not gone back yet."), "{}", list.text);
    let one = format!("/dashboard/payments/refunds/{refund}");
    let neither = staff.post(&format!("{one}/sent"), &[("receipt", "")]).await.text;
    assert!(neither.contains("Type the receipt, or tick that it was given back in cash."), "{neither}");
    let wrong = staff.post(&format!("{one}/sent"), &[("receipt", "no!")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("value=\"no!\"") && wrong.text.contains("4 to 24"), "{}", wrong.text);
    staff.post(&format!("{one}/sent"), &[("receipt", "uk23 sent01")]).await.leads_to(&format!("{one}?saved"));
    let done = staff.get(&format!("{one}?saved")).await;
    assert!(done.text.contains("UK23SENT01") && done.text.contains("Sent back"), "{}", done.text);
    assert!(done.text.contains(">Done.<") && !done.text.contains(">Saved.<"), "said once: {}", done.text);
    let ended = staff.get("/dashboard/payments/refunds?shown=ended").await;
    assert!(ended.text.contains("KSh 1,150") && !ended.text.contains("has not gone back"), "{}", ended.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_input_is_a_sentence_and_changes_nothing() {
    let site = site().await;
    let mut owner = signed_in(&site, "owner@ours.test").await;
    let at = format!("/dashboard/orders/{}/refund", site.placed.order);
    let pieces = pieces_field(item(&site.story, &site.placed, 0).await);
    let pieces = pieces.as_str();
    let refund = RefundId::mint().to_string();
    let before = picture(&site.story).await;
    for (fields, said) in [
        (vec![(pieces, "3")], "More than were bought"),
        (vec![(pieces, "-1")], "A whole number"),
        (vec![(pieces, "two")], "A whole number"),
        (vec![(pieces, "1.5")], "A whole number"),
        (vec![(pieces, "99999999999999999999")], "A whole number"),
        (vec![(pieces, "0")], "Choose what goes back"),
        (vec![("goodwill", "0")], "Whole shillings above zero"),
        (vec![("goodwill", "-5")], "Whole shillings above zero"),
        (vec![("goodwill", "lots")], "Whole shillings above zero"),
        (vec![("goodwill", "3651")], "More than is here"),
        (vec![("way", "teleport")], "Choose one from the list."),
        (vec![("amount", "5")], "no field “amount”"),
        (vec![("pieces-nonsense", "5")], "no field “pieces-nonsense”"),
        (vec![], "Choose what goes back"),
    ] {
        for press in [("look", "1"), ("seen_total", "100000")] {
            let form = [&fields[..], &[("refund", refund.as_str()), ("reason", "kept &"), press]].concat();
            let answer = owner.post(&at, &form).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}: {}", answer.text);
            assert!(answer.text.contains(said), "{fields:?} does not say {said}:\n{}", answer.text);
            assert!(answer.text.contains("kept &amp;"), "{fields:?}");
        }
    }
    let no_reason =
        owner.post(&at, &[("refund", &refund), ("all", "on"), ("reason", " "), ("seen_total", "365000")]).await;
    assert_eq!(no_reason.status, StatusCode::UNPROCESSABLE_ENTITY);
    let moved = owner.post(&at, &[("refund", &refund), ("all", "on"), ("reason", "x"), ("seen_total", "100")]).await;
    assert_eq!(moved.status, StatusCode::CONFLICT);
    assert!(moved.text.contains("The sum is another") && moved.text.contains("Send back KSh 3,650"), "{}", moved.text);
    assert_eq!(picture(&site.story).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_those_who_may_send_money_back() {
    let site = site().await;
    let order = format!("/dashboard/orders/{}", site.placed.order);
    let mut owner = signed_in(&site, "owner@ours.test").await;
    let refund = RefundId::mint().to_string();
    let form = [("refund", refund.as_str()), ("all", "on"), ("reason", "x"), ("seen_total", "365000")];
    let before = picture(&site.story).await;
    let one = format!("/dashboard/payments/refunds/{refund}");
    for (email, asking, marking) in [
        ("staff@ours.test", StatusCode::FORBIDDEN, StatusCode::NOT_FOUND),
        ("viewer@ours.test", StatusCode::FORBIDDEN, StatusCode::FORBIDDEN),
        ("owner@theirs.test", StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
    ] {
        let mut browser = signed_in(&site, email).await;
        assert_eq!(browser.get(&format!("{order}/refund")).await.status, asking, "{email}");
        assert_eq!(browser.post(&format!("{order}/refund"), &form).await.status, asking, "{email}");
        assert_eq!(browser.post(&format!("{one}/sent"), &[("receipt", "UK23SENT01")]).await.status, marking, "{email}");
    }
    assert_eq!(
        Browser::on(&site.router).post(&format!("{order}/refund"), &form).await.status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(picture(&site.story).await, before);
    owner.post(&format!("{order}/refund"), &form).await.leads_to(&order);
    let mut theirs = signed_in(&site, "owner@theirs.test").await;
    for path in ["sent", "credit", "retry", "send", "give-up", "not-sent"] {
        let answer = theirs.post(&format!("{one}/{path}"), &[]).await;
        assert!(
            matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::UNPROCESSABLE_ENTITY),
            "{path}: {}",
            answer.status
        );
    }
    assert_eq!(theirs.get(&one).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.story.count("refunds where status = 'pending'").await, 1);
    let mut staff = signed_in(&site, "staff@ours.test").await;
    for path in ["retry", "send", "give-up", "not-sent"] {
        assert_eq!(staff.post(&format!("{one}/{path}"), &[]).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    staff.post(&format!("{one}/credit"), &[]).await.leads_to(&format!("{one}?saved"));
}
