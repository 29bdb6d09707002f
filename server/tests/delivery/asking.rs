//! A place is typed as people say it: its fee is told before the address, and nothing is placed before it was told.

use crate::{
    buyer::{Buyer, area, at_ten, chosen, nothing_was_placed, says, taken},
    world::{World, field},
};
use http::StatusCode;

async fn shop() -> World {
    let (world, _) = at_ten().await;
    area(&world, "Rongai", 350, &[("aliases", "array['Mama Lucy']")]).await;
    area(&world, "Kahawa West", 250, &[]).await;
    area(&world, "Kahawa Sukari", 300, &[]).await;
    area(&world, "Ngong", 150, &[]).await;
    world
}

#[tokio::test]
async fn a_nickname_is_priced_without_scripts_and_what_was_typed_stays() {
    let world = shop().await;
    let mut buyer = Buyer::with(&world, 1).await;
    let page = buyer.look().await;
    let answer = buyer.send(&page, &[("place", "ronga"), ("ask", "price"), ("street", "")]).await;
    let page =
        says(&answer, StatusCode::OK, &["“ronga” is in our area Rongai.", "KSh 350, about 2 hours", "Amina Wanjiru"]);
    assert_eq!((chosen(&page), field(&page, "seen_total_cents")), ("Rongai".into(), "135000".into()));
    nothing_was_placed(&world).await;
    says(&buyer.send(&page, &[]).await, StatusCode::SEE_OTHER, &[]);
    assert_eq!(taken(&world).await, ("Rongai".into(), 35_000, "flat fee of Rongai".into(), 120));
    // By its address too, as a link has it.
    let mut other = Buyer::with(&world, 1).await;
    assert_eq!(chosen(&other.browser.get("/checkout?place=mama+lucy").await.text()), "Rongai");
}

#[tokio::test]
async fn typed_and_ordered_in_one_go_the_price_is_told_first() {
    let world = shop().await;
    // Ngong costs what Westlands does: that nobody was told counts all the same.
    for (typed, area, fee) in [("kiserian road, Ronga", "Rongai", "KSh 350"), ("ngong town", "Ngong", "KSh 150")] {
        let mut buyer = Buyer::with(&world, 1).await;
        let page = buyer.look().await;
        let answer = buyer.send(&page, &[("place", typed)]).await;
        let told = format!("Delivery to {area} costs {fee}.");
        let page = says(&answer, StatusCode::CONFLICT, &[&told, "Nothing was ordered and no money moved."]);
        nothing_was_placed(&world).await;
        assert_eq!(chosen(&page), area);
    }
}

#[tokio::test]
async fn a_name_of_several_areas_is_asked_about_and_a_press_answers() {
    let world = shop().await;
    let mut buyer = Buyer::with(&world, 1).await;
    let page = buyer.look().await;
    let answer = buyer.send(&page, &[("place", "Kahawa")]).await;
    let words = ["Which of these do you mean?", "Kahawa West – KSh 250", "Kahawa Sukari – KSh 300"];
    let page = says(&answer, StatusCode::UNPROCESSABLE_ENTITY, &words);
    // Pressed again without an answer it is asked again, although an area is shown meanwhile.
    says(&buyer.send(&page, &[]).await, StatusCode::UNPROCESSABLE_ENTITY, &words);
    nothing_was_placed(&world).await;
    let answer = buyer.send(&page, &[("pick", "Kahawa Sukari")]).await;
    let page = says(&answer, StatusCode::OK, &["KSh 300, about 2 hours"]);
    assert_eq!(chosen(&page), "Kahawa Sukari");
    says(&buyer.send(&page, &[]).await, StatusCode::SEE_OTHER, &[]);
    assert_eq!(taken(&world).await.0, "Kahawa Sukari");
}

#[tokio::test]
async fn while_it_is_asked_where_no_area_is_chosen_and_one_that_is_chosen_counts() {
    let world = shop().await;
    // Below an area's minimum too: nothing is promised, and the question stays a question.
    area(&world, "Karen", 400, &[("min_order_cents", "500000")]).await;
    let mut buyer = Buyer::with(&world, 1).await;
    let page = buyer.look().await;
    let rongai = buyer.send(&page, &[("area", "Rongai"), ("ask", "price")]).await.text();
    assert_eq!(chosen(&rongai), "Rongai");
    let asked = buyer.send(&rongai, &[("place", "Kahawa"), ("ask", "price")]).await.text();
    assert_eq!((chosen(&asked), field(&asked, "place")), (String::new(), "Kahawa".into()));
    assert!(!asked.contains("KSh 150, about 2 hours") && !asked.contains("This price is yours until"), "{asked}");
    // Other words are looked up, whatever was shown before.
    let other = buyer.send(&asked, &[("place", "ronga"), ("ask", "price")]).await.text();
    assert_eq!((chosen(&other), field(&other, "place")), ("Rongai".into(), "ronga".into()));
    let unknown = buyer.send(&asked, &[("place", "Atlantis"), ("ask", "price")]).await.text();
    assert_eq!((chosen(&unknown), field(&unknown, "place")), (String::new(), "Atlantis".into()));
    // Words taken back leave it to the list, and nothing is placed before that was told.
    let empty = buyer.send(&asked, &[("place", "")]).await;
    let empty = says(&empty, StatusCode::UNPROCESSABLE_ENTITY, &["Please choose from the list."]);
    assert_eq!((chosen(&empty), field(&empty, "place")), ("Westlands".into(), String::new()));
    nothing_was_placed(&world).await;
    // The area that is preselected elsewhere is an answer like any other, and the words go.
    let answered = buyer.send(&asked, &[("area", "Westlands"), ("ask", "price")]).await.text();
    assert_eq!((chosen(&answered), field(&answered, "place")), ("Westlands".into(), String::new()));
    says(&buyer.send(&asked, &[("area", "Westlands")]).await, StatusCode::SEE_OTHER, &[]);
    assert_eq!(taken(&world).await.0, "Westlands");
}

#[tokio::test]
async fn a_minimum_is_asked_for_also_after_a_question() {
    let world = shop().await;
    world.sql("update delivery_zones set min_order_cents = 500000 where city_area = 'Westlands'").await;
    let mut buyer = Buyer::with(&world, 1).await;
    let page = buyer.look().await;
    let asked = buyer.send(&page, &[("place", "Kahawa"), ("ask", "price")]).await.text();
    assert_eq!(chosen(&asked), "");
    let answer = buyer.send(&asked, &[("area", "Westlands")]).await;
    says(&answer, StatusCode::CONFLICT, &["KSh 5,000"]);
    nothing_was_placed(&world).await;
}

#[tokio::test]
async fn a_place_that_is_not_reached_is_told_kindly_and_an_unknown_word_is_asked_again() {
    let world = shop().await;
    let mut buyer = Buyer::with(&world, 1).await;
    let page = buyer.look().await;
    for (typed, words) in [
        ("Lodwar", "We do not come to Lodwar, Turkana yet."),
        ("Atlantis", "We do not know this place."),
        ("Kampala", "We do not know this place."),
    ] {
        for ask in [&[("place", typed)][..], &[("place", typed), ("ask", "price")]] {
            let answer = buyer.send(&page, ask).await;
            let wanted = if ask.len() == 1 { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            let text = says(&answer, wanted, &[words, "Amina Wanjiru", "Mpaka Road"]);
            assert_eq!(field(&text, "place"), typed);
        }
    }
    let refused = buyer.send(&page, &[("area", "Atlantis")]).await;
    says(&refused, StatusCode::UNPROCESSABLE_ENTITY, &["We do not deliver there. Please choose from the list."]);
    nothing_was_placed(&world).await;
}

#[tokio::test]
async fn a_place_of_the_rest_is_carried_to_who_brings_it() {
    let world = shop().await;
    area(&world, "Anywhere else", 500, &[("takes_the_rest", "true")]).await;
    let mut buyer = Buyer::with(&world, 1).await;
    let page = buyer.look().await;
    let page = buyer.send(&page, &[("place", "lodwar"), ("ask", "price")]).await.text();
    assert_eq!((chosen(&page), field(&page, "seen_total_cents")), ("Anywhere else".into(), "150000".into()));
    says(&buyer.send(&page, &[]).await, StatusCode::SEE_OTHER, &[]);
    let carried = "select count(*) from orders where delivery_city_area = 'Anywhere else' and shipping_address ->> 'place' = 'Lodwar, Turkana'
                   and shipping_address ->> 'street' = 'Lodwar, Turkana. Mpaka Road, blue gate'";
    assert_eq!(world.count(carried).await, 1);
    // Who looks at the customer later, or at their next order, reads the same.
    let kept = "select count(*) from customer_addresses where city_area = 'Anywhere else' and street_address = 'Lodwar, Turkana. Mpaka Road, blue gate'";
    assert_eq!(world.count(kept).await, 1);
    assert_eq!(world.count("select count(*) from customer_addresses").await, 1);
}

#[tokio::test]
async fn an_area_chosen_after_a_place_was_typed_is_the_one_that_counts() {
    let world = shop().await;
    let mut buyer = Buyer::with(&world, 1).await;
    let page = buyer.look().await;
    let page = buyer.send(&page, &[("place", "ronga"), ("ask", "price")]).await.text();
    let answer = buyer.send(&page, &[("area", "Kahawa West")]).await;
    let page = says(&answer, StatusCode::CONFLICT, &["The total is now KSh 1,250. It was KSh 1,350."]);
    assert_eq!((chosen(&page), field(&page, "place")), ("Kahawa West".into(), String::new()));
    nothing_was_placed(&world).await;
    says(&buyer.send(&page, &[]).await, StatusCode::SEE_OTHER, &[]);
    assert_eq!(taken(&world).await.0, "Kahawa West");
}

#[tokio::test]
async fn another_shops_areas_are_none_of_ours() {
    let world = shop().await;
    let kilimani = world.kilimani.tenant;
    world
        .sql(&format!(
            "insert into delivery_zones (tenant_id, name, city_area, fee_cents) values ('{kilimani}', 'Thika', 'Thika', 100)"
        ))
        .await;
    let mut buyer = Buyer::with(&world, 1).await;
    let page = buyer.look().await;
    let answer = buyer.send(&page, &[("place", "Thika")]).await;
    says(&answer, StatusCode::UNPROCESSABLE_ENTITY, &["We do not come to Thika, Kiambu yet."]);
    nothing_was_placed(&world).await;
}
