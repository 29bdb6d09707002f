//! Bad input to the forms of the first day: products and delivery areas.

use crate::{
    first_day::picture,
    world::{World, field},
};
use http::StatusCode;

const PRODUCT: &str = "/dashboard/products/new";
const AREAS: &str = "/dashboard/settings/delivery";

#[tokio::test]
async fn a_product_with_mistakes_is_shown_again_with_what_was_typed() {
    let world = World::new().await;
    let mut owner = world.merchant("kiondo-house").await;
    let long = "a".repeat(121);
    for (name, value, words) in [
        ("name", "", "Please fill this in"),
        ("name", &*long, "This is too long"),
        ("name", "Kio\u{7}ndo", "cannot be read"),
        ("price", "", "Please fill this in"),
        ("price", "12.50", "f-price"),
        ("price", "0", "f-price"),
        ("price", "99999999999", "f-price"),
        ("stock", "-1", "f-stock"),
        ("stock", "100001", "This is too much"),
        ("description", "a\u{0}b", "cannot be read"),
        ("status", "active", "has no field “status”"),
        ("cost_cents", "1", "has no field “cost_cents”"),
    ] {
        let mut form = vec![("name", "Kiondo"), ("price", "1250"), ("stock", "4"), ("description", "Sisal <wool>")];
        form.retain(|(field, _)| *field != name);
        form.push((name, value));
        let answer = owner.upload(PRODUCT, &form, None).await;
        answer.is(StatusCode::UNPROCESSABLE_ENTITY).says(words);
        if name != "description" {
            answer.says("Sisal &lt;wool>");
        }
    }
    let form = [("name", "Kiondo"), ("price", "1250"), ("stock", "4")];
    owner
        .upload(PRODUCT, &form, Some(b"<svg onload=alert(1)>"))
        .await
        .is(StatusCode::UNPROCESSABLE_ENTITY)
        .says("JPEG, PNG or WebP picture, please");
    owner.upload(PRODUCT, &form, Some(b"")).await.is(StatusCode::UNPROCESSABLE_ENTITY).says("WebP picture, please");
    let heavy = vec![0u8; 8 * 1024 * 1024 + 1];
    owner.upload(PRODUCT, &form, Some(&heavy)).await.is(StatusCode::UNPROCESSABLE_ENTITY).says("too large");
    // As good cameras make them: what was typed beside it comes back.
    let heavier = vec![0u8; 20 * 1024 * 1024];
    let kept = owner.upload(PRODUCT, &form, Some(&heavier)).await;
    kept.is(StatusCode::UNPROCESSABLE_ENTITY).says("too large").says("value=\"Kiondo\"");
    let vast = vec![0u8; 33 * 1024 * 1024];
    owner.upload(PRODUCT, &form, Some(&vast)).await.is(StatusCode::PAYLOAD_TOO_LARGE);
    // Elsewhere nothing is that large.
    let large = "a".repeat(70_000);
    owner.post(AREAS, &[("area", &large)]).await.is(StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(world.number("select count(*) from products where name <> 'Kikoi'").await, 0);
}

#[tokio::test]
async fn products_of_one_name_have_addresses_of_their_own() {
    let world = World::new().await;
    let mut owner = world.merchant("kiondo-house").await;
    for _ in 0..3 {
        owner.upload(PRODUCT, &[("name", "Kiondo"), ("price", "1250")], None).await.is(StatusCode::SEE_OTHER);
    }
    owner.upload(PRODUCT, &[("name", "籃子"), ("price", "5")], Some(&picture(40, 30))).await.is(StatusCode::SEE_OTHER);
    let slugs = world.text("select string_agg(slug, ' ' order by slug) from products where slug <> 'kikoi'").await;
    assert_eq!(slugs, "kiondo kiondo-2 kiondo-3 product");
    assert_eq!(world.number("select count(*) from product_images").await, 1);
    // Without pieces nothing moved.
    assert_eq!(world.number("select count(*) from inventory_movements m join products p on p.id = m.product_id where p.slug <> 'kikoi'").await, 0);
}

#[tokio::test]
async fn an_area_with_mistakes_is_shown_again_and_one_name_is_one_area() {
    let world = World::new().await;
    let mut owner = world.merchant("kiondo-house").await;
    let long = "a".repeat(81);
    for (form, words) in [
        (vec![("area", ""), ("fee", "150")], "Please fill this in"),
        (vec![("area", &*long), ("fee", "150")], "This is too long"),
        (vec![("area", "C\u{7}BD"), ("fee", "150")], "cannot be read"),
        (vec![("area", "CBD"), ("fee", "")], "Please fill this in"),
        (vec![("area", "CBD"), ("fee", "-5")], "f-fee"),
        (vec![("area", "CBD"), ("fee", "100001")], "This is too much"),
        (vec![("area", "CBD"), ("fee", "1"), ("minutes", "0")], "This is too little"),
        (vec![("area", "CBD"), ("fee", "1"), ("tenant_id", "x")], "has no field “tenant_id”"),
    ] {
        owner.post(AREAS, &form).await.is(StatusCode::UNPROCESSABLE_ENTITY).says(words);
    }
    owner.post(AREAS, &[("area", "CBD"), ("fee", "0")]).await.leads_to(&format!("{AREAS}?saved"));
    owner.post(AREAS, &[("area", "cbd"), ("fee", "5")]).await.is(StatusCode::UNPROCESSABLE_ENTITY).says("Somebody has");
    owner
        .post(AREAS, &[("area", "Westlands"), ("fee", "150"), ("default", "on")])
        .await
        .leads_to(&format!("{AREAS}?saved"));
    let ours = "tenant_id <> (select tenant_id from stores where slug = 'theirs')";
    assert_eq!(
        world.text(&format!("select city_area from delivery_zones where is_default and {ours}")).await,
        "Westlands"
    );
    owner.get(AREAS).await.says("CBD").says("Free").says("KSh 150");
}

#[tokio::test]
async fn the_second_of_two_editors_is_shown_what_changed() {
    let world = World::new().await;
    let mut owner = world.merchant("kiondo-house").await;
    owner.post(AREAS, &[("area", "Westlands"), ("fee", "150"), ("minutes", "90")]).await;
    let list = owner.get(AREAS).await;
    let start = format!("href=\"{AREAS}/");
    let mut links = list.text.split(&start).skip(1).filter_map(|rest| rest.split('"').next());
    let id = links.find(|link| *link != "try").expect("the area's own page");
    let address = format!("{AREAS}/{id}");
    let page = owner.get(&address).await;
    let version = field(&page.text, "version");
    let seen = r#"{"area":"Westlands","default":"on","fee":"150","minutes":"90"}"#;
    let form = |fee| {
        [
            ("version", &*version),
            ("seen", seen),
            ("area", "Westlands"),
            ("fee", fee),
            ("minutes", "90"),
            ("default", "on"),
        ]
    };
    owner.post(&address, &form("200")).await.leads_to(&format!("{address}?saved"));
    let met = owner.post(&address, &form("300")).await;
    met.is(StatusCode::CONFLICT).says("somebody changed this while you were writing").says("200").says("300");
    assert_eq!(
        world.number("select fee_cents from delivery_zones where city_area = 'Westlands' and fee_cents <> 15000").await,
        20_000
    );
    // Somebody else's area is not there.
    let foreign = format!("{AREAS}/{}", world.theirs.zone);
    owner.get(&foreign).await.is(StatusCode::NOT_FOUND);
    owner.post(&foreign, &form("1")).await.is(StatusCode::NOT_FOUND);
    owner.post(&format!("{foreign}/remove"), &[]).await.is(StatusCode::NOT_FOUND);
    owner.get(&format!("{AREAS}/nonsense")).await.is(StatusCode::NOT_FOUND);
    // Taken away, it is gone; added again, it is back.
    owner.post(&format!("{address}/remove"), &[]).await.leads_to(AREAS);
    owner.post(&format!("{address}/remove"), &[]).await.leads_to(AREAS);
    owner.get(&address).await.is(StatusCode::NOT_FOUND);
    owner.post(AREAS, &[("area", "Westlands"), ("fee", "100")]).await.leads_to(&format!("{AREAS}?saved"));
    owner.get(&address).await.is(StatusCode::OK);
    assert_eq!(world.number("select count(*) from delivery_zones where city_area = 'Westlands'").await, 2);
}
