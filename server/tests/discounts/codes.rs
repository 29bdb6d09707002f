//! Codes that a merchant gives out: one for many, batches that go once each, and the file of them.

use crate::{
    merchant::member,
    rules::{TEN_PERCENT, code, rule},
    world::World,
};
use duka::kernel::access::Role;
use http::StatusCode;

#[tokio::test]
async fn codes_are_given_out_one_by_one_and_in_batches() {
    let world = World::new().await;
    let ten = rule(&world, &world.njeri, "percentage_off", TEN_PERCENT, "needs_code", "true").await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await.browser;
    let at = format!("/dashboard/discounts/{ten}/codes");
    let added = staff.post(&at, &[("code", "karibu-10"), ("uses", "")]).await;
    assert_eq!((added.status, added.header("location")), (StatusCode::SEE_OTHER, at.as_str()));
    let made = staff.post(&format!("{at}/batch"), &[("label", "Flyer, December"), ("count", "1,000")]).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    let once = "select count(distinct code) from price_rule_codes where label = 'Flyer, December' and most_uses = 1 and code ~ '^[A-HJ-NP-Z2-9]{12}$'";
    assert_eq!(world.count(once).await, 1_000);
    let again = staff.post(&format!("{at}/batch"), &[("label", "Flyer, December"), ("count", "10")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text().contains("Somebody has this already"));
    let page = staff.get(&at).await.text();
    for words in ["KARIBU10", "0 used", "Flyer, December", "0 of 1000 used"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let file = staff.get(&format!("{at}.csv")).await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    let lines: Vec<String> = file.text().lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 1_002);
    assert_eq!((lines[0].as_str(), lines[1].as_str()), ("code,batch,used,most", "KARIBU10,,0,"));
    assert!(lines[2].ends_with(",\"Flyer, December\",0,1"), "{}", lines[2]);
    assert_eq!(world.count("select count(*) from audit_log where action like 'discount_code%'").await, 2);
    let mut connection = world.db.superuser().await;
    let id: uuid::Uuid = sqlx::query_scalar("select id from price_rule_codes where code = 'KARIBU10'")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    for _ in 0..2 {
        assert_eq!(staff.post(&format!("{at}/{id}/remove"), &[]).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(world.count("select count(*) from price_rule_codes where code = 'KARIBU10'").await, 0);
    assert!(!staff.get(&at).await.text().contains("No codes yet."), "a batch is codes");
    world.db.logged(&["discount_code_added", "discount_codes_made", "discount_code_removed"]).await;
}

#[tokio::test]
async fn a_form_that_is_sent_twice_gives_out_once_and_says_nothing_of_taken() {
    let world = World::new().await;
    let ten = rule(&world, &world.njeri, "percentage_off", TEN_PERCENT, "needs_code", "true").await;
    let five = rule(&world, &world.njeri, "percentage_off", TEN_PERCENT, "needs_code", "true").await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await.browser;
    let at = format!("/dashboard/discounts/{ten}/codes");
    let page = staff.get(&at).await.text();
    let ids: Vec<&str> = page.split("name=\"id\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let [one, batch] = ids[..] else { panic!("two forms, each with an id: {page}") };
    assert_ne!(one, batch);
    for _ in 0..2 {
        let added = staff.post(&at, &[("id", one), ("code", "karibu-10"), ("uses", "")]).await;
        assert_eq!((added.status, added.header("location")), (StatusCode::SEE_OTHER, at.as_str()));
        let made = staff.post(&format!("{at}/batch"), &[("id", batch), ("label", "Flyer"), ("count", "20")]).await;
        assert_eq!((made.status, made.header("location")), (StatusCode::SEE_OTHER, at.as_str()));
    }
    assert_eq!(world.count("select count(*) from price_rule_codes").await, 21);
    // Filled in anew on a page that somebody went back to, it is another code, of whichever discount.
    for (at, code) in [(at.clone(), "KARIBU20"), (format!("/dashboard/discounts/{five}/codes"), "KARIBU30")] {
        let other = staff.post(&at, &[("id", one), ("code", code), ("uses", "")]).await;
        assert_eq!(other.status, StatusCode::SEE_OTHER, "{}", other.text());
    }
    assert_eq!(world.count("select count(*) from price_rule_codes where code like 'KARIBU%'").await, 3);
    let taken = staff.post(&at, &[("id", batch), ("code", "KARIBU30"), ("uses", "")]).await;
    assert!(taken.text().contains("Somebody has this already") && taken.text().contains(batch), "{}", taken.text());
    assert_eq!(world.count("select count(*) from audit_log where action like 'discount_code%'").await, 4);
}

#[tokio::test]
async fn what_is_no_code_or_no_number_is_said_and_nothing_is_given_out() {
    let world = World::new().await;
    let ten = rule(&world, &world.njeri, "percentage_off", TEN_PERCENT, "needs_code", "true").await;
    code(&world, &world.njeri, ten, "KARIBU10", "null").await;
    let theirs = rule(&world, &world.kilimani, "percentage_off", TEN_PERCENT, "needs_code", "true").await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await.browser;
    let at = format!("/dashboard/discounts/{ten}/codes");
    let batch = format!("{at}/batch");
    for (path, form, words) in [
        (&at, [("code", ""), ("uses", "")], "Please fill this in"),
        (&at, [("code", "ab"), ("uses", "")], "Letters and digits only"),
        (&at, [("code", "KARIBU!"), ("uses", "")], "Letters and digits only"),
        (&at, [("code", "karibu 10"), ("uses", "")], "Somebody has this already"),
        (&at, [("code", "NEW"), ("uses", "0")], "This is too little"),
        (&at, [("code", "NEW"), ("uses", "-1")], "whole number"),
        (&at, [("code", "NEW"), ("taken_count", "0")], "has no field “taken_count”"),
        (&batch, [("label", ""), ("count", "10")], "Please fill this in"),
        (&batch, [("label", "x"), ("count", "")], "Please fill this in"),
        (&batch, [("label", "x"), ("count", "1001")], "This is too much"),
        (&batch, [("label", "x"), ("count", "1e3")], "whole number"),
    ] {
        let refused = owner.post(path, &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{form:?}");
        assert!(refused.text().contains(words), "{form:?}: {}", refused.text());
    }
    let foreign = format!("/dashboard/discounts/{theirs}/codes");
    assert_eq!(owner.post(&foreign, &[("code", "NEW"), ("uses", "")]).await.status, StatusCode::NOT_FOUND);
    let foreign = format!("{foreign}/batch");
    assert_eq!(owner.post(&foreign, &[("label", "x"), ("count", "5")]).await.status, StatusCode::NOT_FOUND);
    let mut viewer = member(&world, &world.njeri, Role::Viewer).await.browser;
    assert_eq!(viewer.post(&at, &[("code", "NEW"), ("uses", "")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(viewer.get(&format!("{at}.csv")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(world.count("select count(*) from price_rule_codes").await, 1);
    assert_eq!(
        owner.post(&at, &[("code", "NEW"), ("uses", "5")]).await.status,
        StatusCode::SEE_OTHER,
        "it could have been"
    );
}
