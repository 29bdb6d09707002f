//! What a person sees and does on the pages of files, with plain forms and nothing else.

use crate::{
    merchant::{Member, member},
    world::{Answer, PLATFORM, World},
};
use axum::{body::Body, http::Request};
use duka::{catalog::import::Fetcher, ctx::Platform, jobs::worker, kernel::access::Role, tenancy::ownership::Lookout};
use http::{StatusCode, header};
use server::{mailer::Mailer, worker::Registry};
use std::sync::Arc;

const IMPORT: &str = "/dashboard/products/import";
const FILE: &str =
    "Handle,Title,Variant SKU,Variant Inventory Qty,Variant Price\nkiondo,Kiondo,K-1,4,1200\nmug,=Mug,M-1,many,650\n";

/// A form with a file, as a browser sends it.
async fn send(world: &World, who: &Member<'_>, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--xx\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    if let Some((name, bytes)) = file {
        body.extend(
            format!("--xx\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: text/csv\r\n\r\n")
                .bytes(),
        );
        body.extend(bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--xx--\r\n");
    let request = Request::post(IMPORT)
        .header(header::HOST, PLATFORM)
        .header(header::ORIGIN, format!("http://{PLATFORM}"))
        .header(header::COOKIE, format!("duka_session={}", who.browser.cookie("duka_session").unwrap()))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=xx");
    world.send(request.body(Body::from(body)).unwrap()).await
}

async fn work(world: &World) {
    let platform = Arc::new(Platform { db: world.db.worker.clone(), ..(*world.app.platform).clone() });
    let mailer = Mailer::folder(std::env::temp_dir(), "Duka <no-reply@localhost>").unwrap();
    let nobody = Fetcher::new(Lookout::asking(Some(([127, 0, 0, 1], 9).into())));
    let registry = Registry::new(platform, mailer).with_files(world.app.media.clone(), nobody);
    worker::drain(&world.db.worker, Arc::new(registry)).await.unwrap();
}

#[tokio::test]
async fn a_file_is_uploaded_tried_brought_in_and_reported() {
    let world = World::new().await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let empty = staff.browser.get(IMPORT).await;
    assert_eq!(empty.status, StatusCode::OK);
    assert!(empty.text().contains("No file has been brought in yet."));

    let sent = send(&world, &staff, &[("format", ""), ("rate", "")], Some(("goods.csv", FILE.as_bytes()))).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let address = sent.header(header::LOCATION).to_owned();
    let trying = staff.browser.get(&address).await;
    assert_eq!((trying.status, trying.header(header::REFRESH)), (StatusCode::OK, "3"));
    assert!(trying.text().contains("Being tried"));

    work(&world).await;
    let tried = staff.browser.get(&address).await;
    let text = tried.text();
    assert_eq!(tried.header(header::REFRESH), "");
    for words in [
        "Ready to bring in",
        "It would be: 1 new, 0 changed, 0 as before, 1 not taken",
        "2 of 2 rows",
        "Variant Inventory Qty",
        "many",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!(world.count("select count(*) from products where slug in ('kiondo', 'mug')").await, 0);

    let started = staff.browser.post(&format!("{address}/start"), &[]).await;
    assert_eq!((started.status, started.header(header::LOCATION)), (StatusCode::SEE_OTHER, address.as_str()));
    assert!(staff.browser.get(&address).await.text().contains("Waits for its turn"));
    work(&world).await;
    let done = staff.browser.get(&address).await.text();
    assert!(done.contains("Everything that could be taken is in the shop."), "{done}");
    assert!(done.contains("<a href=\"/dashboard/products\" class=\"button\">See the products</a>"), "{done}");
    assert_eq!(world.count("select count(*) from products where slug in ('kiondo', 'mug')").await, 1);
    assert_eq!(
        world.count("select count(*) from inventory_movements m join import_runs r on r.id = m.reference_id join users u on u.id = m.created_by where u.role = 'staff'").await,
        1
    );
    assert!(staff.browser.get(IMPORT).await.text().contains("goods.csv"));

    let report = staff.browser.get(&format!("{address}/report")).await;
    assert_eq!(report.header(header::CONTENT_TYPE), "text/csv; charset=utf-8");
    assert_eq!(
        report.text(),
        "\"Line\",\"Handle\",\"Column\",\"It says\",\"What is wrong\"\r\n3,\"mug\",\"Variant Inventory Qty\",\"many\",\"the quantity “many” is no whole number from 0 to 1,000,000\"\r\n"
    );
}

#[tokio::test]
async fn what_was_only_tried_says_that_nothing_came_in() {
    let world = World::new().await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let sent = send(&world, &staff, &[("rate", "")], Some(("goods.csv", FILE.as_bytes()))).await;
    let address = sent.header(header::LOCATION).to_owned();
    work(&world).await;
    assert_eq!(staff.browser.post(&format!("{address}/cancel"), &[]).await.status, StatusCode::SEE_OTHER);
    let stopped = staff.browser.get(&address).await.text();
    assert!(stopped.contains("Stopped") && stopped.contains("Nothing was brought in."), "{stopped}");
    assert!(!stopped.contains("1 new") && !stopped.contains("of 2 rows"), "{stopped}");
    assert!(!staff.browser.get(IMPORT).await.text().contains("1 new"));

    let bad = b"Handle,Title,Variant Price\nmug,Mug,cheap\n";
    let sent = send(&world, &staff, &[("rate", "")], Some(("bad.csv", bad))).await;
    let address = sent.header(header::LOCATION).to_owned();
    work(&world).await;
    let tried = staff.browser.get(&address).await.text();
    assert!(tried.contains("Nothing of it can be taken.") && !tried.contains("Bring it in"), "{tried}");
}

#[tokio::test]
async fn columns_that_were_said_can_be_said_anew_once_the_file_was_tried() {
    let world = World::new().await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let sent = send(&world, &staff, &[("rate", "")], Some(("bei.csv", b"Item,Bei,Rangi\nKanga,1250,Red\n"))).await;
    let address = sent.header(header::LOCATION).to_owned();
    let columns = format!("{address}/columns");
    staff.browser.post(&columns, &[("column-0", "name"), ("column-1", "price"), ("column-2", "brand")]).await;
    work(&world).await;
    let tried = staff.browser.get(&address).await.text();
    assert!(tried.contains("Ready to bring in") && tried.contains("<option value=\"brand\" selected"), "{tried}");
    let again = [("column-0", "name"), ("column-1", "price"), ("column-2", "tags")];
    assert_eq!(staff.browser.post(&columns, &again).await.status, StatusCode::SEE_OTHER);
    work(&world).await;
    assert!(staff.browser.get(&address).await.text().contains("<option value=\"tags\" selected"));
    // A known format was understood.
    let sent = send(&world, &staff, &[("rate", "")], Some(("goods.csv", FILE.as_bytes()))).await;
    let address = sent.header(header::LOCATION).to_owned();
    work(&world).await;
    assert!(!staff.browser.get(&address).await.text().contains("What are the columns?"));
}

#[tokio::test]
async fn what_is_said_of_rows_is_told_in_the_readers_language_and_as_it_was_written_before() {
    let world = World::new().await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let sent = send(&world, &staff, &[("rate", "")], Some(("goods.csv", FILE.as_bytes()))).await;
    let address = sent.header(header::LOCATION).to_owned();
    work(&world).await;
    world.sql("update users set locale = 'sw'").await;
    let page = staff.browser.get(&address).await.text();
    assert!(page.contains("idadi “many” si nambari kamili kati ya 0 na 1,000,000"), "{page}");
    let head = "\"Mstari\",\"Handle\",\"Safu\",\"Imeandikwa\",\"Tatizo\"\r\n";
    let row = "3,\"mug\",\"Variant Inventory Qty\",\"many\"";
    let report = format!("{address}/report");
    assert_eq!(
        staff.browser.get(&report).await.text(),
        format!("{head}{row},\"idadi “many” si nambari kamili kati ya 0 na 1,000,000\"\r\n")
    );
    // Rows from before there were remarks, and one that only a newer version knows.
    for remark in ["null", "'{\"kind\": \"of_tomorrow\"}'"] {
        world.sql(&format!("update import_notes set remark = {remark}")).await;
        assert_eq!(
            staff.browser.get(&report).await.text(),
            format!("{head}{row},\"the quantity “many” is no whole number from 0 to 1,000,000\"\r\n")
        );
    }
}

#[tokio::test]
async fn an_unknown_file_asks_what_its_columns_are_and_keeps_what_was_said() {
    let world = World::new().await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let sent = send(&world, &staff, &[("rate", "")], Some(("bei.csv", b"Item,Bei,Rangi\nKanga,1250,Red\n"))).await;
    let address = sent.header(header::LOCATION).to_owned();
    let asks = staff.browser.get(&address).await.text();
    assert!(asks.contains("What are the columns?") && asks.contains("Kanga"), "{asks}");
    let columns = format!("{address}/columns");
    let half = staff.browser.post(&columns, &[("column-0", "name"), ("column-1", ""), ("column-2", "brand")]).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = half.text();
    assert!(text.contains("Say which column is the name and which is the price."), "{text}");
    assert!(text.contains("<option value=\"brand\" selected"), "{text}");
    let odd = staff.browser.post(&columns, &[("column-0", "name"), ("column-1", "price"), ("column-3", "sku")]).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(odd.text().contains("This form has no field “column-3”."), "{}", odd.text());
    let whole = staff.browser.post(&columns, &[("column-0", "name"), ("column-1", "price"), ("column-2", "")]).await;
    assert_eq!(whole.status, StatusCode::SEE_OTHER);
    work(&world).await;
    assert!(staff.browser.get(&address).await.text().contains("It would be: 1 new"));
    let stopped = staff.browser.post(&format!("{address}/cancel"), &[]).await;
    assert_eq!(stopped.status, StatusCode::SEE_OTHER);
    assert!(staff.browser.get(&address).await.text().contains("Stopped"));
    assert_eq!(world.count("select count(*) from products where slug = 'kanga'").await, 0);
}

#[tokio::test]
async fn what_cannot_be_taken_is_told_on_the_page_and_nothing_is_kept() {
    let world = World::new().await;
    let staff = member(&world, &world.njeri, Role::Staff).await;
    for (fields, file, says) in [
        (vec![("format", "shopify")], None, "Choose a file. Nothing was uploaded."),
        (vec![], Some(("a.csv", b"".as_slice())), "The file is empty. Nothing was changed."),
        (vec![], Some(("a.csv", b" \n".as_slice())), "The file is empty. Nothing was changed."),
        (vec![("rate", "cheap")], Some(("a.csv", FILE.as_bytes())), "A rate is a number such as 129.50."),
        (vec![], Some(("a.csv", b"Name\nCaf\xe9\x81\n".as_slice())), "line 2 has a byte that is none"),
    ] {
        let answer = send(&world, &staff, &fields, file).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        let text = answer.text();
        assert!(text.contains(says), "{says}: {text}");
        if fields == [("format", "shopify")] {
            assert!(text.contains("<option value=\"shopify\" selected"), "{text}");
        }
    }
    let odd = send(&world, &staff, &[("price", "5")], Some(("a.csv", FILE.as_bytes()))).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(world.count("select count(*) from import_runs").await, 0);
}

#[tokio::test]
async fn another_merchants_run_is_nothing() {
    let world = World::new().await;
    let staff = member(&world, &world.njeri, Role::Staff).await;
    let sent = send(&world, &staff, &[], Some(("goods.csv", FILE.as_bytes()))).await;
    let address = sent.header(header::LOCATION).to_owned();
    let mut stranger = member(&world, &world.kilimani, Role::Owner).await;
    assert_eq!(stranger.browser.get(&address).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.browser.get(&format!("{address}/report")).await.status, StatusCode::NOT_FOUND);
    for verb in ["start", "cancel", "columns"] {
        let answer = stranger.browser.post(&format!("{address}/{verb}"), &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{verb}");
    }
    assert_eq!(world.count("select count(*) from import_runs where status = 'checking'").await, 1);
}

#[tokio::test]
async fn everything_is_taken_out_with_its_costs_by_those_who_may() {
    let world = World::new().await;
    world.sql("update product_variants set cost_cents = 40050 where name = 'Blue'").await;
    let mut staff = member(&world, &world.njeri, Role::Staff).await;
    let file = staff.browser.get("/dashboard/products/export").await;
    assert_eq!(file.header(header::CONTENT_DISPOSITION), "attachment; filename=\"products.csv\"");
    let text = file.text();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert_eq!(lines[1], "kikoi,active,Kikoi,,,,,,,,Colour,Blue,,,,,Blue,,,1000,,400.50,10,0,yes,0,,,");
    let sent = send(&world, &staff, &[], Some(("products.csv", text.as_bytes()))).await;
    work(&world).await;
    let tried = staff.browser.get(sent.header(header::LOCATION)).await.text();
    assert!(tried.contains("It would be: 0 new, 0 changed, 1 as before, 0 not taken"), "{tried}");
    let mut viewer = member(&world, &world.njeri, Role::Viewer).await;
    assert_eq!(viewer.browser.get("/dashboard/products/export").await.status, StatusCode::FORBIDDEN);
}
