//! The list as a file: taken out by owners alone, brought in again anywhere, twice as once, with a word for every row.

use super::{
    merchant::{Member, member},
    order_of, picture,
    world::{Answer, PLATFORM, World, field},
};
use axum::{body::Body, http::Request};
use duka::{db::testing::Shop, kernel::access::Role};
use http::{StatusCode, header};

const EXPORT: &str = "/dashboard/customers/export";
const IMPORT: &str = "/dashboard/customers/import";
const EVERYBODY: [(&str, &str); 3] = [("words", ""), ("sort", "spent"), ("group", "")];
const HEAD: &str = "name,phone,email,areas,tags,orders,spent,first_order,last_order,mail_service,mail_marketing,sms_service,sms_marketing,whatsapp_service,whatsapp_marketing\n";

/// A file as a browser sends it.
async fn try_list(world: &World, who: &Member<'_>, list: &[u8]) -> Answer {
    let mut body = b"--xx\r\ncontent-disposition: form-data; name=\"file\"; filename=\"people.csv\"\r\ncontent-type: text/csv\r\n\r\n".to_vec();
    body.extend(list);
    body.extend(b"\r\n--xx--\r\n");
    let request = Request::post(IMPORT)
        .header(header::HOST, PLATFORM)
        .header(header::ORIGIN, format!("http://{PLATFORM}"))
        .header(header::COOKIE, format!("duka_session={}", who.browser.cookie("duka_session").unwrap()))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=xx");
    world.send(request.body(Body::from(body)).unwrap()).await
}

/// Tries a list and presses the button that brings it in.
async fn bring(world: &World, who: &mut Member<'_>, list: &[u8]) -> String {
    let tried = try_list(world, who, list).await;
    assert_eq!(tried.status, StatusCode::OK, "{}", tried.text());
    let done = who.browser.post(&format!("{IMPORT}/apply"), &[("list", &field(&tried.text(), "list"))]).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    done.text()
}

/// Everybody of a shop as a list can say them.
async fn people(world: &World, shop: &Shop) -> Vec<String> {
    let mut everything = world.db.superuser().await;
    sqlx::query_scalar(
        "select concat_ws('|', phone, first_name, last_name, email, city_area, array_to_string(tags, ','))
         from customers where tenant_id = $1 order by phone",
    )
    .bind(shop.tenant.uuid())
    .fetch_all(&mut everything)
    .await
    .unwrap()
}

async fn two_people(world: &World) {
    let tenant = world.njeri.tenant;
    world
        .sql(&format!(
            "insert into customers (tenant_id, id, phone, first_name, last_name, email, city_area, tags, lifetime_value_cents)
             values ('{tenant}', '01935f0e-7a1c-7000-8000-3f9a00000003', '+254711223344', 'Amina', 'Wanjiru', 'amina@duka.test', 'Westlands',
                     '{{vip,loves kitenge}}', 123450);
             insert into customers (tenant_id, phone, first_name) values ('{tenant}', '+254722000111', '=SUM(A1)');
             insert into customer_consents (tenant_id, customer_id, channel, purpose, is_given, source, recorded_at)
             values ('{tenant}', '01935f0e-7a1c-7000-8000-3f9a00000003', 'whatsapp', 'marketing', false, 'counter', '2026-10-01T08:00:00Z'),
                    ('{tenant}', '01935f0e-7a1c-7000-8000-3f9a00000003', 'whatsapp', 'marketing', true, 'counter', '2026-11-02T21:30:00Z')"
        ))
        .await;
}

#[tokio::test]
async fn a_list_taken_out_of_one_shop_is_the_same_people_in_another_and_twice_is_once() {
    let world = World::new().await;
    two_people(&world).await;
    let mut njeri = member(&world, &world.njeri, Role::Owner).await;
    let file = njeri.browser.post(EXPORT, &EVERYBODY).await;
    assert_eq!((file.status, file.header(header::CONTENT_TYPE)), (StatusCode::OK, "text/csv; charset=utf-8"));
    assert_eq!(file.header(header::CONTENT_DISPOSITION), "attachment; filename=\"customers.csv\"");
    assert_eq!(
        file.text(),
        format!(
            "{HEAD}Amina Wanjiru,0711 223 344,amina@duka.test,Westlands,\"vip, loves kitenge\",0,1234,,,,,,,,yes 2026-11-03\n'=SUM(A1),0722 000 111,,,,0,0,,,,,,,,\n"
        )
    );
    assert_eq!(world.count("select count(*) from audit_log where action = 'customers_exported'").await, 1);

    let mut kilimani = member(&world, &world.kilimani, Role::Owner).await;
    let tried = try_list(&world, &kilimani, &file.bytes).await.text();
    assert!(tried.contains("It would be: 2 new, 0 filled, 0 as before, 0 not taken"), "{tried}");
    assert_eq!(people(&world, &world.kilimani).await, Vec::<String>::new(), "a trial writes nothing");
    let done = bring(&world, &mut kilimani, &file.bytes).await;
    assert!(done.contains("The list is in") && done.contains("2 new, 0 filled, 0 as before, 0 not taken"), "{done}");
    let before = people(&world, &world.njeri).await;
    assert_eq!(
        before,
        ["+254711223344|Amina|Wanjiru|amina@duka.test|Westlands|vip,loves kitenge", "+254722000111|=SUM(A1)|"]
    );
    assert_eq!(people(&world, &world.kilimani).await, before);

    // The same page sent once more.
    let list = field(&tried, "list");
    let again = kilimani.browser.post(&format!("{IMPORT}/apply"), &[("list", &list)]).await.text();
    assert!(again.contains("0 new, 0 filled, 2 as before, 0 not taken"), "{again}");
    assert_eq!(people(&world, &world.kilimani).await, before);
    assert_eq!(world.count("select count(*) from audit_log where action = 'customers_imported'").await, 1);
    // What they agreed to is the first shop's alone.
    assert_eq!(world.count("select count(*) from customer_consents").await, 2);
    assert_eq!(world.count("select count(*) from customers where whatsapp_opt_in").await, 0);
}

#[tokio::test]
async fn only_what_is_empty_is_filled_and_every_row_that_cannot_be_meant_is_told_by_its_line() {
    let world = World::new().await;
    let tenant = world.njeri.tenant;
    world
        .sql(&format!(
            "insert into customers (tenant_id, phone, first_name, email, tags) values ('{tenant}', '+254711223344', 'Amina', 'own@duka.test', '{{vip}}');
             insert into customers (tenant_id, phone) values ('{tenant}', '+254722000111');
             insert into customers (tenant_id, phone, erase_asked_at) values ('{tenant}', '+254733000111', now())"
        ))
        .await;
    let list = "Phone,Name,Email,Area,Tags,whatsapp_marketing\n\
        254711223344,Somebody Else,other@duka.test,Westlands,\"VIP, wholesale\",yes 2026-11-03\n\
        0722 000 111,Otieno Okoth,,,,\n\
        +254722000111,Otieno Again,,,,\n\
        12345,Nobody,,,,\n\
        0733000111,Leaving,,,,\n\
        0744000111,New,not-a-mail,,,\n\
        0744000222,,,,,,extra\n\
        0755000111,Baraka,baraka@duka.test,,,\n";
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let done = bring(&world, &mut staff, list.as_bytes()).await;
    for said in [
        "1 new, 2 filled, 0 as before, 5 not taken",
        "Filled: Area, Tags. Another stands already and stays: Name, E-mail.",
        "Line 3 · 0722 000 111",
        "Line 4 · 0722 000 111",
        "The same person stands on line 3.",
        "Line 5 · 12345",
        "This is no Kenyan mobile number.",
        "Line 6 · 0733 000 111",
        "This person asked to be erased, and is left alone.",
        "Line 7 · 0744 000 111",
        "Line 8 · 0744 000 222",
        "The row has more cells than the file has columns.",
    ] {
        assert!(done.contains(said), "{said}: {done}");
    }
    assert_eq!(
        people(&world, &world.njeri).await,
        [
            "+254711223344|Amina|own@duka.test|Westlands|vip,wholesale",
            "+254722000111|Otieno|Okoth|",
            "+254733000111|",
            "+254755000111|Baraka|baraka@duka.test|"
        ]
    );
    assert_eq!(world.count("select count(*) from customer_consents").await, 0);
    assert_eq!(world.count("select version::bigint from customers where phone = '+254711223344'").await, 2);
    world.sql("update users set locale = 'sw'").await;
    let told = try_list(&world, &staff, list.as_bytes()).await.text();
    assert!(told.contains("Mtu huyo huyo yuko kwenye mstari 3.") && told.contains("Hakuna cha kuingiza."), "{told}");
    assert!(!told.contains("name=\"list\""), "what changes nothing has no button");
}

#[tokio::test]
async fn a_list_is_read_whatever_it_was_written_in() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let done = bring(&world, &mut owner, b"Namba ya simu;Jina\r\n711223344;Andr\xe9 Otieno\r\n").await;
    assert!(done.contains("1 new, 0 filled, 0 as before, 0 not taken"), "{done}");
    assert_eq!(people(&world, &world.njeri).await, ["+254711223344|André|Otieno|"]);
}

#[tokio::test]
async fn a_file_that_is_no_list_changes_nothing_and_says_why() {
    let world = World::new().await;
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let many = (0..5_001).map(|nth| format!("07{nth:08}\n")).collect::<Vec<_>>().concat();
    let before = picture(&world).await;
    for (list, said) in [
        ("Name\nAmina\n".to_owned(), "No column of the file is called Phone."),
        ("Phone,Simu\n0711223344,0711223344\n".to_owned(), "its column “Simu”"),
        ("Phone\n".to_owned(), "The file has a header and no rows."),
        (format!("Phone\n{many}"), "The file has more than 5,000 rows."),
        (format!("Phone\n{}", "x".repeat(2 * 1024 * 1024)), "The file is larger than 2 MiB."),
    ] {
        let refused = try_list(&world, &owner, list.as_bytes()).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(refused.text().contains(said), "{said}: {}", refused.text());
    }
    for sent in ["", "%%%"] {
        let refused = owner.browser.post(&format!("{IMPORT}/apply"), &[("list", sent)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("Choose a file first."), "{}", refused.text());
    }
    assert_eq!(picture(&world).await, before);
}

#[tokio::test]
async fn the_file_holds_whom_the_list_shows_with_the_days_they_bought_and_nobody_of_another_shop() {
    let world = World::new().await;
    two_people(&world).await;
    order_of(&world, &world.njeri, "Baraka Kamau", "0733 000 111").await;
    order_of(&world, &world.kilimani, "Neighbours", "0744 000 111").await;
    let mut everything = world.db.superuser().await;
    let day: String = sqlx::query_scalar(
        "select to_char(placed_at at time zone 'Africa/Nairobi', 'YYYY-MM-DD') from orders where customer_phone = '+254733000111'",
    )
    .fetch_one(&mut everything)
    .await
    .unwrap();
    let mut owner = member(&world, &world.njeri, Role::Owner).await;
    let asked = owner.browser.get(&format!("{EXPORT}?words=baraka")).await.text();
    assert!(asked.contains("1 customer will be in it.") && asked.contains("Only who is found by “baraka”."), "{asked}");
    let found = owner.browser.post(EXPORT, &[("words", "baraka"), ("sort", ""), ("group", "")]).await.text();
    let rows: Vec<&str> = found.lines().skip(1).collect();
    assert_eq!(rows.len(), 1, "{found}");
    assert!(rows[0].starts_with("Baraka Kamau,0733 000 111,"), "{found}");
    assert!(rows[0].contains(&format!(",1,0,{day},{day},")), "{found}");
    let all = owner.browser.post(EXPORT, &EVERYBODY).await.text();
    assert_eq!(all.lines().count(), 4, "{all}");
    assert!(!all.contains("Neighbours"), "{all}");
    // Names that were searched for are in no log.
    assert_eq!(world.count("select count(*) from audit_log where details::text ilike '%baraka%'").await, 0);
}

#[tokio::test]
async fn the_list_is_taken_out_by_owners_alone_and_brought_in_by_who_may_write_it() {
    let world = World::new().await;
    two_people(&world).await;
    let before = picture(&world).await;
    for role in [Role::Staff, Role::Viewer] {
        let mut other = member(&world, &world.njeri, role).await;
        assert_eq!(other.browser.post(EXPORT, &EVERYBODY).await.status, StatusCode::FORBIDDEN);
        assert_eq!(other.browser.get(EXPORT).await.status, StatusCode::FORBIDDEN);
        assert!(!other.browser.get("/dashboard/customers").await.text().contains(EXPORT), "no link to it either");
    }
    let mut viewer = member(&world, &world.njeri, Role::Viewer).await;
    assert_eq!(viewer.browser.get(IMPORT).await.status, StatusCode::FORBIDDEN);
    assert_eq!(try_list(&world, &viewer, b"Phone\n0744000111\n").await.status, StatusCode::FORBIDDEN);
    let refused = viewer.browser.post(&format!("{IMPORT}/apply"), &[("list", "UGhvbmUKMDc0NDAwMDExMQ")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(picture(&world).await, before);
}
