//! Orders that staff enter: by the checkout's own rules, once, and with everything typed kept when it is refused.

use super::{
    invariants,
    site::{field, site},
};
use duka::{
    checkout::{forms::CheckoutForm, place_for::place_for, place_order::Refused, request_prompt},
    error::AppError,
    kernel::{
        field_errors::{FieldErrors, FieldProblem},
        locale::Locale,
    },
};
use http::StatusCode;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn an_order_taken_by_phone_is_placed_once_and_prompts_the_buyer() {
    let site = site().await;
    site.story.script(json!({ "result_code": 0 })).await;
    let draft = site.story.cart(&[(0, 2)]).await;
    let form = site.story.form(2_150);
    let mut orders = Vec::new();
    for _ in 0..3 {
        let store = site.story.shop.store;
        orders.push(place_for(&site.staff, store, &draft, Locale::Sw, form.clone(), "phone").await.unwrap());
    }
    assert!(orders.iter().all(|placed| placed.order == orders[0].order));
    assert_eq!(orders.iter().filter(|placed| placed.is_new).count(), 1);
    let row: (String, String, String, String, i64) =
        site.story.row("select channel, status, locale, customer_phone, total_cents from orders").await;
    assert_eq!(row, ("phone".into(), "awaiting_payment".into(), "sw".into(), "+254711223344".into(), 215_000));
    assert_eq!(site.story.count("order_status_history where changed_by is not null").await, 1);
    assert_eq!(
        site.story.count("audit_log where action = 'order_entered' and details ->> 'channel' = 'phone'").await,
        1
    );
    assert_eq!(site.story.count("stock_holds where quantity = 2").await, 1);
    request_prompt::send(&site.story.platform, site.story.tenant(), orders[0].prompt.unwrap()).await.unwrap();
    site.story.until_settled(&orders[0]).await;
    assert_eq!(site.standing(orders[0].order).await.0, "paid");
    invariants::hold(&site.story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_staff_who_press_at_once_place_one_order() {
    let site = site().await;
    let draft = site.story.cart(&[(0, 1)]).await;
    let hands: Vec<_> = [&site.staff, &site.owner, &site.staff, &site.owner]
        .into_iter()
        .map(|ctx| {
            let (ctx, store, draft) = (ctx.clone(), site.story.shop.store, draft.clone());
            let form = CheckoutForm { payment_method: "cod".into(), ..site.story.form(1_150) };
            tokio::spawn(async move { place_for(&ctx, store, &draft, Locale::En, form, "market").await.unwrap().order })
        })
        .collect();
    let mut orders = Vec::new();
    for hand in hands {
        orders.push(hand.await.unwrap());
    }
    orders.dedup();
    assert_eq!(orders.len(), 1);
    assert_eq!(site.story.count("orders").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_entered_writes_nothing() {
    let site = site().await;
    let store = site.story.shop.store;
    let draft = site.story.cart(&[(0, 1)]).await;
    let before = site.picture().await;
    let wrong = |field: &str, problem| Refused::Invalid(FieldErrors::one(field, problem));
    for channel in ["web", "whatsapp", "fax", ""] {
        let refused = place_for(&site.staff, store, &draft, Locale::En, site.story.form(1_150), channel).await;
        assert_eq!(refused.err(), Some(wrong("channel", FieldProblem::UnknownChoice)), "{channel}");
    }
    for (ctx, why) in [
        (&site.viewer, Refused::App(AppError::NotPermitted)),
        (&site.story.ctx(), Refused::App(AppError::NotPermitted)),
        (&site.stranger, Refused::EmptyCart),
    ] {
        let refused = place_for(ctx, store, &draft, Locale::En, site.story.form(1_150), "phone").await;
        assert_eq!(refused.err(), Some(why));
    }
    let nowhere = CheckoutForm { area: "Atlantis".into(), ..site.story.form(1_150) };
    let refused = place_for(&site.staff, store, &draft, Locale::En, nowhere, "phone").await;
    assert_eq!(refused.err(), Some(wrong("area", FieldProblem::UnknownArea)));
    let low = place_for(&site.staff, store, &draft, Locale::En, site.story.form(1), "phone").await;
    assert!(matches!(low, Err(Refused::Changed(_))), "{low:?}");
    assert_eq!(site.picture().await, before);
}

/// The pages' form, filled in.
fn filled<'a>(draft: &'a str, line: &'a str, seen: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("draft", draft),
        (line, "2"),
        ("channel", "chat"),
        ("name", "Amina <Wanjiru>"),
        ("phone", "0711 223 344"),
        ("area", "Westlands"),
        ("street", "Mpaka Road"),
        ("payment_method", "cod"),
        ("language", "sw"),
        ("seen_total_cents", seen),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_carries_everything_from_the_first_search_to_the_order() {
    let site = site().await;
    let mut staff = site.signed_in("staff@ours.test").await;
    let page = staff.get("/dashboard/orders/new").await;
    assert_eq!(page.status, StatusCode::OK);
    let draft = field(&page.text, "draft");
    let variant = site.story.shop.variants[0].to_string();
    let line = format!("line-{variant}");
    let name: (String,) = site
        .story
        .row(&format!(
            "select p.name from products p join product_variants v on v.product_id = p.id where v.id = '{variant}'"
        ))
        .await;
    let found = staff.post("/dashboard/orders/new", &[("draft", &draft), ("do", "find"), ("words", &name.0)]).await;
    assert!(found.text.contains(&format!("value=\"{variant}\"")), "{}", found.text);
    // Pressed twice it is in once.
    for _ in 0..2 {
        let added =
            staff.post("/dashboard/orders/new", &[("draft", &draft), ("add", &variant), ("words", &name.0)]).await;
        assert_eq!(added.status, StatusCode::OK);
        assert!(added.text.contains(&format!("name=\"{line}\"")), "{}", added.text);
        assert_eq!(field(&added.text, "seen_total_cents"), "115000");
    }
    let mut form = filled(&draft, &line, "115000");
    form.push(("do", "place"));
    let changed = staff.post("/dashboard/orders/new", &form).await;
    assert_eq!(changed.status, StatusCode::CONFLICT, "two pieces cost more than was seen");
    assert!(
        changed.text.contains("Amina &lt;Wanjiru") && changed.text.contains("Place the order for KSh 2,150"),
        "{}",
        changed.text
    );
    assert_eq!(site.story.count("orders").await, 0);
    let mut form = filled(&draft, &line, "215000");
    form.push(("do", "place"));
    let placed = staff.post("/dashboard/orders/new", &form).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text);
    let row: (String, String, String, i64) =
        site.story.row("select channel, status, locale, total_cents from orders").await;
    assert_eq!(row, ("chat".into(), "pending".into(), "sw".into(), 215_000));
    for press in ["place", "reckon"] {
        let mut again = filled(&draft, &line, "215000");
        again.push(("do", press));
        staff.post("/dashboard/orders/new", &again).await.leads_to(placed.location());
    }
    assert_eq!(site.story.count("orders").await, 1);
    invariants::hold(&site.story.everything).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_to_the_shop_for_it_is_entered_without_a_street() {
    let site = site().await;
    site.story
        .write(
            "insert into delivery_zones (tenant_id, name, city_area, fee_cents, eta_minutes, position, is_collection)
             select tenant_id, 'Counter', 'Counter', 0, 60, 9, true from delivery_zones where city_area = 'Westlands'",
        )
        .await;
    let mut staff = site.signed_in("staff@ours.test").await;
    let draft = field(&staff.get("/dashboard/orders/new").await.text, "draft");
    let line = format!("line-{}", site.story.shop.variants[0]);
    let form = |press: &'static str| {
        let mut form = filled(&draft, &line, "200000");
        form.retain(|(name, _)| !matches!(*name, "area" | "street"));
        form.extend([("area", "Counter"), ("street", ""), ("do", press)]);
        form
    };
    let reckoned = staff.post("/dashboard/orders/new", &form("reckon")).await;
    assert!(reckoned.text.contains("Not needed: the buyer comes for it."), "{}", reckoned.text);
    let street = reckoned.text.split("name=\"street\"").nth(1).unwrap().split('>').next().unwrap();
    assert!(!street.contains("required"), "{street}");
    let placed = staff.post("/dashboard/orders/new", &form("place")).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text);
    let row: (String, i64) = site.story.row("select shipping_address ->> 'street', total_cents from orders").await;
    assert_eq!(row, (String::new(), 200_000));
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_input_keeps_the_form_and_places_nothing() {
    let site = site().await;
    let mut staff = site.signed_in("staff@ours.test").await;
    let draft = field(&staff.get("/dashboard/orders/new").await.text, "draft");
    let line = format!("line-{}", site.story.shop.variants[0]);
    let unknown = "line-01935f0e-7a1c-7000-8000-3f9a00000003";
    let kept = |name: &'static str, value: &'static str| {
        let mut form = filled(&draft, &line, "215000");
        for field in &mut form {
            if field.0 == name || (name == "line" && field.0 == line.as_str()) {
                field.1 = value;
            }
        }
        form.push(("do", "place"));
        form
    };
    for (form, status, told) in [
        (kept("phone", "12"), StatusCode::UNPROCESSABLE_ENTITY, "not a Kenyan mobile number"),
        (kept("name", " "), StatusCode::UNPROCESSABLE_ENTITY, "Please fill this in."),
        (kept("channel", "web"), StatusCode::UNPROCESSABLE_ENTITY, "Choose one from the list."),
        (kept("line", "0"), StatusCode::UNPROCESSABLE_ENTITY, "choose goods first"),
        (kept("line", "1000"), StatusCode::UNPROCESSABLE_ENTITY, "1 to 999 pieces"),
        (kept("line", "two"), StatusCode::UNPROCESSABLE_ENTITY, "1 to 999 pieces"),
        (kept("line", "11"), StatusCode::CONFLICT, "different from what you saw"),
        (kept("seen_total_cents", "1"), StatusCode::CONFLICT, "different from what you saw"),
    ] {
        let answer = staff.post("/dashboard/orders/new", &form).await;
        assert_eq!(answer.status, status, "{form:?}: {}", answer.text);
        assert!(answer.text.contains(told), "{told}:\n{}", answer.text);
    }
    // Without goods the fields of the buyer come along, and are there again once something is put in.
    for press in ["place", "reckon"] {
        let mut bare = filled(&draft, &line, "215000");
        bare.retain(|(name, _)| *name != line.as_str());
        bare.push(("do", press));
        let empty = staff.post("/dashboard/orders/new", &bare).await;
        for name in ["channel", "name", "phone", "area", "street", "payment_method", "language"] {
            let typed = bare.iter().find(|(field, _)| *field == name).unwrap().1;
            assert_eq!(
                field(&empty.text, name).replace("&lt;", "<").replace("&gt;", ">"),
                typed,
                "{press} {name}: {}",
                empty.text
            );
        }
    }
    let gone = staff.post("/dashboard/orders/new", &[("draft", draft.as_str()), (unknown, "1"), (&line, "1")]).await;
    assert!(gone.text.contains("not on sale any more"), "{}", gone.text);
    assert_eq!(site.story.count("orders").await, 0);
    let mut viewer = site.signed_in("viewer@ours.test").await;
    assert_eq!(viewer.get("/dashboard/orders/new").await.status, StatusCode::FORBIDDEN);
    assert_eq!(viewer.post("/dashboard/orders/new", &[("do", "place")]).await.status, StatusCode::FORBIDDEN);
}
