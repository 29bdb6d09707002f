//! A merchant makes, changes, pauses and tries discounts; what is wrong comes back with what was typed.

use crate::{
    merchant::member,
    world::{NJERI, World, field},
};
use duka::kernel::access::Role;
use http::StatusCode;

const NEW: &str = "/dashboard/discounts/new";
const LIST: &str = "/dashboard/discounts";

#[tokio::test]
async fn each_kind_is_made_in_one_form_and_counts_at_once() {
    let world = World::new().await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await.browser;
    let kinds = staff.get(NEW).await.text();
    for (kind, own) in [
        ("percentage_off", &[("percent", "12.5")][..]),
        ("amount_off", &[("amount", "200"), ("each", "on")]),
        ("bxgy", &[("buy", "2"), ("get", "1"), ("times", "")]),
        ("free_delivery", &[("minimum", "5,000")]),
    ] {
        assert!(kinds.contains(&format!("{NEW}?kind={kind}")), "{kinds}");
        let page = staff.get(&format!("{NEW}?kind={kind}")).await.text();
        let rule = field(&page, "rule");
        let form = [&[("rule", rule.as_str()), ("kind", kind), ("name", "Sale"), ("scope", "storewide")], own].concat();
        for _ in 0..2 {
            let made = staff.post(NEW, &form).await;
            assert_eq!((made.status, made.header("location")), (StatusCode::SEE_OTHER, LIST), "{}", made.text());
        }
    }
    assert_eq!(world.count("select count(*) from price_rules").await, 4, "sent twice, each is there once");
    assert_eq!(world.count("select count(*) from audit_log where action = 'discount_added'").await, 4);
    let list = staff.get(LIST).await.text();
    for words in [
        "12.5 % off",
        "KSh 200 off each",
        "buy 2, get 1",
        "free delivery · from KSh 5,000 · automatic",
        "Live now",
        "0 used, 0 held",
    ] {
        assert!(list.contains(words), "{words}: {list}");
    }
    assert!(world.get(NJERI, "/p/kikoi").await.text().contains("KSh 675"), "1,000 less 12.5 %, less 200");
    let mut viewer = member(&world, &world.njeri, Role::Viewer).await.browser;
    let seen = viewer.get(LIST).await;
    assert_eq!(seen.status, StatusCode::OK);
    assert!(!seen.text().contains("New discount"));
    assert_eq!(viewer.get(NEW).await.status, StatusCode::FORBIDDEN);
    let mut stranger = member(&world, &world.kilimani, Role::Owner).await.browser;
    assert!(!stranger.get(LIST).await.text().contains("12.5 %"));
}

#[tokio::test]
async fn a_discount_with_mistakes_is_not_made_and_comes_back_as_it_was_typed() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await.browser;
    let long = "a".repeat(81);
    let category = "01935f0e-7a1c-7000-8000-3f9a00000001";
    for (name, value, words) in [
        ("name", "", "Please fill this in"),
        ("name", &*long, "This is too long"),
        ("percent", "0", "This is too little"),
        ("percent", "101", "This is too much"),
        ("percent", "ten", "like 12.5"),
        ("percent", "", "Please fill this in"),
        ("minimum", "-5", "p-minimum"),
        ("most", "12.50", "p-most"),
        ("cap", "0", "This is too little"),
        ("cap", "100001", "This is too much"),
        ("starts", "tomorrow", "A day and an hour"),
        ("ends", "2026-11-27T08:00", "It ends before it begins"),
        ("scope", "everything", "Choose one from the list"),
        ("taken_count", "0", "has no field “taken_count”"),
        ("is_active", "on", "has no field “is_active”"),
    ] {
        let mut form = vec![
            ("kind", "percentage_off"),
            ("name", "Karibu sale"),
            ("percent", "10"),
            ("scope", "storewide"),
            ("starts", "2026-11-28T08:00"),
        ];
        form.retain(|(field, _)| *field != name);
        form.push((name, value));
        let answer = owner.post(NEW, &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name} {value}");
        let page = answer.text();
        assert!(page.contains(words), "{name} {value}: {page}");
        assert!(name == "name" || field(&page, "name").contains("Karibu"), "{page}");
    }
    for (scope, field, value, words) in [
        ("category", "categories", "", "Please fill this in"),
        ("category", "categories", category, "Choose one from the list"),
        ("category", "categories", "nonsense", "Choose one from the list"),
        ("product", "products", "", "Please fill this in"),
        ("product", "products", "kikoi no-such-product", "One of these is no product of yours."),
    ] {
        let form = [("kind", "percentage_off"), ("name", "Sale"), ("percent", "10"), ("scope", scope), (field, value)];
        let answer = owner.post(NEW, &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value}");
        assert!(answer.text().contains(words), "{field} {value}: {}", answer.text());
    }
    assert_eq!(world.count("select count(*) from price_rules").await, 0);
    assert_eq!(world.count("select count(*) from audit_log where action like 'discount%'").await, 0);
    let right =
        [("kind", "percentage_off"), ("name", "Sale"), ("percent", "10"), ("scope", "product"), ("products", "kikoi")];
    assert_eq!(owner.post(NEW, &right).await.status, StatusCode::SEE_OTHER, "it could have been made");
    assert!(owner.get(LIST).await.text().contains("10 % off · on 1 product · automatic"));
}

/// The form of a percentage as a page has it, with some typed anew.
fn filled<'a>(html: &str, typed: &[(&'a str, &'a str)]) -> Vec<(&'a str, String)> {
    let mut form: Vec<(&str, String)> = ["version", "seen", "name", "percent", "minimum", "cap"]
        .into_iter()
        .map(|name| (name, field(html, name).replace("&quot;", "\"")))
        .collect();
    form.push(("scope", "storewide".to_owned()));
    for (name, text) in typed {
        form.retain(|(field, _)| field != name);
        form.push((name, (*text).to_owned()));
    }
    form
}

fn borrowed<'a>(form: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    form.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

#[tokio::test]
async fn two_people_change_one_discount_and_nothing_of_either_is_lost() {
    let world = World::new().await;
    let (mut njeri, mut otieno) = (
        member(&world, &world.njeri, Role::Owner).await.browser,
        member(&world, &world.njeri, Role::Staff).await.browser,
    );
    let rule = "01935f0e-7a1c-7000-8000-3f9a00000003";
    let made =
        [("rule", rule), ("kind", "percentage_off"), ("name", "Sale"), ("percent", "10"), ("scope", "storewide")];
    njeri.post(NEW, &made).await;
    let path = format!("{LIST}/{rule}");
    let (hers, his) = (njeri.get(&path).await.text(), otieno.get(&path).await.text());
    let first = filled(&hers, &[("percent", "15")]);
    let saved = njeri.post(&path, &borrowed(&first)).await;
    assert_eq!((saved.status, saved.header("location")), (StatusCode::SEE_OTHER, format!("{path}?saved").as_str()));
    let second = filled(&his, &[("name", "Easter sale")]);
    let met = otieno.post(&path, &borrowed(&second)).await;
    assert_eq!(met.status, StatusCode::CONFLICT);
    let page = met.text();
    assert_eq!((field(&page, "name"), field(&page, "percent")), ("Easter sale".into(), "15".into()));
    assert_eq!(world.count("select count(*) from price_rules where name = 'Sale'").await, 1, "nothing is saved yet");
    let again = filled(&page, &[]);
    assert_eq!(otieno.post(&path, &borrowed(&again)).await.status, StatusCode::SEE_OTHER);
    let both = "select count(*) from price_rules where name = 'Easter sale' and config ->> 'basis_points' = '1500' and version = 3";
    assert_eq!(world.count(both).await, 1);
    let fields =
        "select count(*) from audit_log where action = 'discount_changed' and details = '{\"fields\": [\"percent\"]}'";
    assert_eq!(world.count(fields).await, 1);

    let mut stranger = member(&world, &world.kilimani, Role::Owner).await.browser;
    for answer in [
        stranger.get(&path).await,
        stranger.post(&path, &borrowed(&again)).await,
        stranger.post(&format!("{path}/pause"), &[]).await,
        stranger.get(&format!("{path}/codes")).await,
        stranger.get(&format!("{path}/codes.csv")).await,
    ] {
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(world.count(both).await, 1);
}

#[tokio::test]
async fn a_discount_rests_and_goes_on() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await.browser;
    let rule = "01935f0e-7a1c-7000-8000-3f9a00000003";
    let made =
        [("rule", rule), ("kind", "percentage_off"), ("name", "Sale"), ("percent", "10"), ("scope", "storewide")];
    owner.post(NEW, &made).await;
    let price = async || world.get(NJERI, "/p/kikoi").await.text().contains("KSh 900");
    assert!(price().await);
    for (action, is_on_sale) in [("pause", false), ("pause", false), ("resume", true)] {
        let done = owner.post(&format!("{LIST}/{rule}/{action}"), &[]).await;
        assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, LIST));
        world.app.pages.versions.forget(world.njeri.tenant);
        assert_eq!(price().await, is_on_sale, "{action}");
    }
    assert_eq!(
        world.count("select count(*) from audit_log where action in ('discount_paused', 'discount_resumed')").await,
        2
    );
}

#[tokio::test]
async fn a_made_up_cart_is_priced_step_by_step_and_nothing_is_written() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await.browser;
    for form in [
        &[("kind", "percentage_off"), ("name", "Easter"), ("percent", "10"), ("scope", "storewide")][..],
        &[("kind", "free_delivery"), ("name", "Free ride"), ("minimum", "3000"), ("scope", "storewide")],
        &[("kind", "amount_off"), ("name", "Flyer"), ("amount", "100"), ("scope", "storewide"), ("alone", "on")],
    ] {
        assert_eq!(owner.post(NEW, form).await.status, StatusCode::SEE_OTHER);
    }
    let before = world.count("select count(*) from carts").await;
    let page =
        owner.get("/dashboard/discounts/try?goods=kikoi+3%0Ano-such-thing+2&area=Westlands&codes=NOBODY&phone=").await;
    assert_eq!(page.status, StatusCode::OK);
    let html = page.text();
    for words in [
        "The cart pays KSh 2,700",
        "There is no product “no-such-thing” here.",
        "Kikoi, Blue × 3",
        "Easter: − KSh 300",
        "Easter + Free ride",
        "saves KSh 450",
        "saves KSh 100",
        "We do not know the code NOBODY.",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert_eq!(world.count("select count(*) from carts").await, before);
    // What takes nothing off is not said to be taken, a whole address is as good as its end, and a wrong phone is told.
    let bundle =
        [("kind", "bxgy"), ("name", "Bundle"), ("buy", "5"), ("get", "1"), ("times", ""), ("scope", "storewide")];
    assert_eq!(owner.post(NEW, &bundle).await.status, StatusCode::SEE_OTHER);
    let two = "/dashboard/discounts/try?goods=https%3A%2F%2Fshop.example%2Fp%2Fkikoi+2&phone=12";
    let few = owner.get(two).await.text();
    assert!(few.contains("<span class=\"row__name\">Easter</span>"), "{few}");
    assert!(few.contains("The cart pays KSh 1,950") && few.contains("This is not a Kenyan mobile number."), "{few}");
    let empty = owner.get("/dashboard/discounts/try").await;
    assert_eq!(empty.status, StatusCode::OK);
}

#[tokio::test]
async fn categories_are_chosen_below_those_that_they_stand_in() {
    let world = World::new().await;
    let njeri = world.njeri.tenant;
    world.sql(&format!("insert into categories (tenant_id, name, slug, position) values ('{njeri}', 'Clothes', 'clothes', 1), ('{njeri}', 'Home', 'home', 2)")).await;
    world.sql(&format!("insert into categories (tenant_id, parent_id, name, slug, position) select '{njeri}', id, 'Shirts', 'shirts', 0 from categories where tenant_id = '{njeri}' and slug = 'clothes'")).await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await.browser;
    let form = owner.get("/dashboard/discounts/new?kind=percentage_off").await.text();
    let places: Vec<_> =
        ["<span>Clothes</span>", "<span>– Shirts</span>", "<span>Home</span>"].map(|name| form.find(name)).to_vec();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}: {form}");
}

#[tokio::test]
async fn a_discount_is_for_products_by_their_skus_too() {
    let world = World::new().await;
    let njeri = world.njeri.tenant;
    world.sql(&format!("update product_variants set sku = 'KK-1' where tenant_id = '{njeri}' and name = 'Blue'")).await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await.browser;
    let form = [
        ("kind", "percentage_off"),
        ("name", "Sale"),
        ("percent", "10"),
        ("scope", "product"),
        ("products", "KK-1\nkikoi"),
    ];
    assert_eq!(owner.post(NEW, &form).await.status, StatusCode::SEE_OTHER);
    let one = "select count(*) from price_rules where jsonb_array_length(config -> 'products') = 1";
    assert_eq!(world.count(one).await, 1);
    assert!(world.get(NJERI, "/p/kikoi").await.text().contains("KSh 900"));
}
