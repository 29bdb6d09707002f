//! Forms of the settings: what comes back when it is wrong, and when two people change the same thing.

use crate::{
    merchant::member,
    world::{World, field},
};
use duka::kernel::access::Role;
use http::StatusCode;

/// The value of a field of a page as a browser would read it.
fn value(html: &str, name: &str) -> String {
    field(html, name).replace("&quot;", "\"").replace("&amp;", "&")
}

/// Every field of the store's form as the page has it, with some typed anew.
fn filled<'a>(html: &str, typed: &[(&'a str, &'a str)]) -> Vec<(&'a str, String)> {
    let fields = ["version", "seen", "name", "tagline", "theme_color", "phone", "whatsapp", "contact_email", "area"];
    let others = ["address", "delivery_name", "delivery_phone", "vat_number", "vat_rate", "hold_minutes"];
    let mut form: Vec<(&str, String)> =
        fields.into_iter().chain(others).map(|name| (name, value(html, name))).collect();
    form.retain(|(field, _)| *field != "vat_number");
    form.extend(
        [("swahili", "on"), ("vat_registered", "on"), ("vat_number", "P051234567X")].map(|(a, b)| (a, b.to_owned())),
    );
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
async fn two_people_change_one_shop_and_nothing_of_either_is_lost() {
    let world = World::new().await;
    let (mut njeri, mut wanjiku) =
        (member(&world, &world.njeri, Role::Owner).await, member(&world, &world.njeri, Role::Owner).await);
    let path = format!("/dashboard/settings/stores/{}", world.njeri.store);
    let (hers, mine) = (wanjiku.browser.get(&path).await.text(), njeri.browser.get(&path).await.text());
    let first = filled(&hers, &[("tagline", "Baskets & beads"), ("area", "Kariakor")]);
    let saved = wanjiku.browser.post(&path, &borrowed(&first)).await;
    assert_eq!((saved.status, saved.header("location")), (StatusCode::SEE_OTHER, format!("{path}?saved").as_str()));

    // Pressed twice: no colleague is made out of oneself.
    let twice = wanjiku.browser.post(&path, &borrowed(&first)).await;
    assert_eq!((twice.status, twice.header("location")), (StatusCode::SEE_OTHER, format!("{path}?saved").as_str()));

    let second = filled(&mine, &[("name", "Mama Njeri's"), ("area", "Gikomba")]);
    let met = njeri.browser.post(&path, &borrowed(&second)).await;
    assert_eq!(met.status, StatusCode::CONFLICT);
    let page = met.text();
    assert_eq!(value(&page, "name"), "Mama Njeri's", "what I typed is still there");
    assert_eq!(value(&page, "tagline"), "Baskets & beads", "what she changed has come in");
    assert_eq!(value(&page, "area"), "Gikomba", "where both changed it, mine stands in the field");
    assert!(page.contains("<dd>Kariakor</dd>") && page.contains("<dd>Gikomba</dd>"), "and hers beside it");
    assert_eq!(world.count("select count(*) from stores where nairobi_area = 'Kariakor' and version = 2").await, 1);

    let again = filled(&page, &[]);
    assert_eq!(njeri.browser.post(&path, &borrowed(&again)).await.status, StatusCode::SEE_OTHER);
    let both = "select count(*) from stores where name = 'Mama Njeri''s' and tagline = 'Baskets & beads' and nairobi_area = 'Gikomba' and version = 3";
    assert_eq!(world.count(both).await, 1);
}

#[tokio::test]
async fn a_form_with_mistakes_comes_back_with_everything_that_was_typed() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let path = format!("/dashboard/settings/stores/{}", world.njeri.store);
    let page = owner.browser.get(&path).await.text();
    let typed = [
        ("name", "Njeri\u{7}"),
        ("theme_color", "#ffff00"),
        ("phone", "12"),
        ("vat_number", ""),
        ("vat_rate", "200"),
        ("role", "owner"),
    ];
    let wrong = filled(&page, &typed);
    let refused = owner.browser.post(&path, &borrowed(&wrong)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("This form has no field “role”."), "{}", refused.text());
    let wrong = filled(&page, &typed[..5]);
    let refused = owner.browser.post(&path, &borrowed(&wrong)).await.text();
    for (field, problem) in [
        ("name", "This holds characters that cannot be read."),
        ("theme_color", "White words on this colour cannot be read. Choose a darker one."),
        ("phone", "This is not a Kenyan mobile number."),
        ("vat_number", "Whoever is registered for VAT has a KRA PIN. Type it here, or take the tick away."),
        ("vat_rate", "This is too much."),
    ] {
        let said = refused
            .split(&format!("id=\"p-{field}\""))
            .nth(1)
            .and_then(|rest| rest.split_once('>'))
            .map(|(_, rest)| rest);
        assert!(said.is_some_and(|said| said.starts_with(&format!("{problem}</p>"))), "{field}: {said:?}");
    }
    assert_eq!((value(&refused, "theme_color").as_str(), value(&refused, "phone").as_str()), ("#ffff00", "12"));
    assert_eq!(world.count("select count(*) from stores where version > 1").await, 0);
}

#[tokio::test]
async fn what_search_engines_are_told_is_a_part_of_the_shops_settings() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let path = format!("/dashboard/settings/stores/{}", world.njeri.store);
    let page = owner.browser.get(&path).await.text();
    let told =
        filled(&page, &[("seo_title", "Kiondo baskets"), ("seo_description", "Woven by hand."), ("unlisted", "on")]);
    assert_eq!(owner.browser.post(&path, &borrowed(&told)).await.status, StatusCode::SEE_OTHER);
    let kept = r#"{"title": "Kiondo baskets", "description": "Woven by hand.", "is_indexable": false}"#;
    assert_eq!(world.count(&format!("select count(*) from stores where seo_settings = '{kept}'")).await, 1);

    let page = owner.browser.get(&path).await.text();
    assert_eq!(
        (value(&page, "seo_title").as_str(), value(&page, "seo_description").as_str()),
        ("Kiondo baskets", "Woven by hand.")
    );
    let listed = filled(&page, &[("seo_title", ""), ("seo_description", "")]);
    assert_eq!(owner.browser.post(&path, &borrowed(&listed)).await.status, StatusCode::SEE_OTHER);
    let kept = r#"{"title": null, "description": null, "is_indexable": true}"#;
    assert_eq!(world.count(&format!("select count(*) from stores where seo_settings = '{kept}'")).await, 1);
}

#[tokio::test]
async fn another_merchants_shop_is_not_there_to_be_changed() {
    let world = World::new().await;
    let mut neighbour = member(&world, &world.kilimani, Role::Owner).await;
    let path = format!("/dashboard/settings/stores/{}", world.njeri.store);
    assert_eq!(neighbour.browser.get(&path).await.status, StatusCode::NOT_FOUND);
    let form = [("version", "1"), ("name", "Mine"), ("vat_rate", "16"), ("hold_minutes", "30")];
    assert_eq!(neighbour.browser.post(&path, &form).await.status, StatusCode::NOT_FOUND);
    let chosen = neighbour.browser.post("/dashboard/stores/choose", &[("store", &world.njeri.store.to_string())]).await;
    assert_eq!(chosen.status, StatusCode::NOT_FOUND);
    assert_eq!(world.count("select count(*) from stores where version > 1 or name = 'Mine'").await, 0);
    assert_eq!(world.count("select count(*) from sessions where store_id is not null").await, 0);
}

#[tokio::test]
async fn a_second_shop_has_its_own_address_and_the_first_ones_is_taken() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let taken = owner.browser.post("/dashboard/settings/stores", &[("name", "Another"), ("slug", "kilimani")]).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(taken.text().contains("Somebody has this already."));
    let reserved = owner.browser.post("/dashboard/settings/stores", &[("name", "Another"), ("slug", "admin")]).await;
    assert!(reserved.text().contains("This address is not for shops."), "{}", reserved.text());
    assert_eq!(world.count("select count(*) from stores").await, 2, "the refused one left nothing behind");
    let added =
        owner.browser.post("/dashboard/settings/stores", &[("name", "Njeri Kids"), ("slug", "njeri-kids")]).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER);
    let second = added.header("location").rsplit('/').next().unwrap().to_owned();
    assert_eq!(
        owner.browser.post("/dashboard/stores/choose", &[("store", &second)]).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(owner.browser.get("/dashboard/settings").await.text().contains("Njeri Kids"));
}

#[tokio::test]
async fn what_a_merchant_sets_is_on_the_shop_at_once() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    assert!(world.get(crate::world::NJERI, "/").await.text().contains("Shop mama-njeri"));
    let path = format!("/dashboard/settings/stores/{}", world.njeri.store);
    let page = owner.browser.get(&path).await.text();
    let form = filled(&page, &[("name", "Duka la Njeri"), ("theme_color", "#7a1f1f")]);
    assert_eq!(owner.browser.post(&path, &borrowed(&form)).await.status, StatusCode::SEE_OTHER);
    let shop = world.get(crate::world::NJERI, "/").await.text();
    assert!(shop.contains("Duka la Njeri") && shop.contains("--brand:#7a1f1f"), "{shop}");
}

#[tokio::test]
async fn a_shop_without_swahili_leads_to_english_and_nowhere_else() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let path = format!("/dashboard/settings/stores/{}", world.njeri.store);
    let page = owner.browser.get(&path).await.text();
    let mut form = filled(&page, &[("returns_policy", "Seven days.\n\nUnworn.")]);
    form.retain(|(name, _)| *name != "swahili");
    assert_eq!(owner.browser.post(&path, &borrowed(&form)).await.status, StatusCode::SEE_OTHER);
    for (asked, leads) in [
        ("/sw", "/"),
        ("/sw/p/kikoi?variant=1", "/p/kikoi?variant=1"),
        ("/sw//evil.example/x", "/evil.example/x"),
        ("/sw/%5C/evil.example", "/%5C/evil.example"),
    ] {
        let answer = world.get(crate::world::NJERI, asked).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, leads), "{asked}");
    }
    let home = world.get(crate::world::NJERI, "/").await.text();
    assert!(!home.contains("Kiswahili") && home.contains("href=\"/pages/returns\""), "{home}");
    let policy = world.get(crate::world::NJERI, "/pages/returns").await.text();
    assert!(policy.contains("<p>Seven days.</p>") && policy.contains("<p>Unworn.</p>"), "{policy}");
    assert_eq!(world.get(crate::world::NJERI, "/pages/privacy").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn policies_are_ready_to_be_edited_and_nothing_is_said_before_they_are_saved() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let path = format!("/dashboard/settings/stores/{}", world.njeri.store);
    let page = owner.browser.get(&path).await.text();
    let form = filled(&page, &[("returns_policy", "Seven days.")]);
    assert_eq!(owner.browser.post(&path, &borrowed(&form)).await.status, StatusCode::SEE_OTHER);
    let page = owner.browser.get(&path).await.text();
    assert!(page.contains("formaction=\"?begin#policies\"") && !page.contains("Nothing is saved yet"), "{page}");
    let typing = filled(&page, &[("tagline", "Baskets"), ("privacy_notice", "None.")]);
    let begun = owner.browser.post(&format!("{path}?begin"), &borrowed(&typing)).await;
    assert_eq!(begun.status, StatusCode::OK);
    for said in ["Nothing is saved yet", "value=\"Baskets\"", ">None.</textarea>", "we try once more [the next day]"] {
        assert!(begun.text().contains(said), "{said}: {}", begun.text());
    }

    let begun = owner.browser.get(&format!("{path}?begin")).await.text();
    for said in
        ["Nothing is saved yet", "we try once more [the next day]", ">Seven days.</textarea>", "Shop mama-njeri keeps"]
    {
        assert!(begun.contains(said), "{said}: {begun}");
    }
    assert!(!begun.contains("[7] days"), "what was written stays: {begun}");
    for unsaid in ["/pages/delivery", "/pages/privacy"] {
        assert_eq!(world.get(crate::world::NJERI, unsaid).await.status, StatusCode::NOT_FOUND, "{unsaid}");
    }
    let left = "Square brackets are left in a text";
    assert!(!begun.contains(left), "said once that there is something to write: {begun}");
    let form = filled(&begun, &[("delivery_policy", "We try again [tomorrow].")]);
    assert_eq!(owner.browser.post(&path, &borrowed(&form)).await.status, StatusCode::SEE_OTHER);
    let begun = owner.browser.get(&path).await.text();
    assert!(begun.contains(left), "{begun}");
    let form = filled(&begun, &[("returns_policy", "Seven days."), ("delivery_policy", "By bicycle.")]);
    assert_eq!(owner.browser.post(&path, &borrowed(&form)).await.status, StatusCode::SEE_OTHER);
    assert!(!owner.browser.get(&path).await.text().contains(left));
    let policy = world.get(crate::world::NJERI, "/pages/delivery").await.text();
    assert!(policy.contains("<p>By bicycle.</p>"), "{policy}");
}
