//! The money's pages over the real router: the list and what sifts it, one payment, the file, a day, and closing a gap.

use super::world::{Browser, World};
use http::{StatusCode, header};

const PAYMENTS: &str = "/dashboard/payments";
const CLOSE: &str = "/dashboard/payments/close";

/// Money of KSh 500 that the inbox had, until a callback said that its prompt had been counted already.
async fn tell_twice(world: &World) {
    world
        .sql(
            "with twin as (
                 insert into payments (tenant_id, method, amount_cents, paid_amount_cents, status, failure_reason, requested_at, completed_at, result_source)
                 select tenant_id, 'mpesa_till', 50000, 50000, 'failed', 'told_twice', timestamptz '2026-11-20 20:58+00', timestamptz '2026-11-20 20:58+00', 'c2b'
                 from stores where slug = 'kiondo-house'
                 returning tenant_id, id
             ), moved as (
                 select tenant_id, id, gen_random_uuid() as came, gen_random_uuid() as went from twin
             )
             insert into ledger_entries (tenant_id, transfer_id, payment_id, place, amount_cents, reason, created_at)
             select tenant_id, came, id, 'outside', -50000, 'received', now() - interval '1 minute' from moved
             union all
             select tenant_id, came, id, 'inbox', 50000, 'received', now() - interval '1 minute' from moved
             union all
             select tenant_id, went, id, 'inbox', -50000, 'told_twice', now() from moved
             union all
             select tenant_id, went, id, 'outside', 50000, 'told_twice', now() from moved",
        )
        .await;
}

/// A shop with one order and four payments: two that came, one to the inbox, one that failed; and a day with a gap.
async fn shop(world: &World) -> Browser<'_> {
    let browser = world.open_shop("kiondo-house").await;
    world
        .sql(
            r#"with shop as (
                   select s.tenant_id, s.id as store from stores s where s.slug = 'kiondo-house'
               ), buyer as (
                   insert into orders (tenant_id, store_id, order_number, status, payment_status, payment_method, total_cents, subtotal_cents, customer_name, customer_phone)
                   select tenant_id, store, 1042, 'paid', 'paid', 'mpesa', 115000, 115000, 'Amina Wanjiru', '+254711223344' from shop
                   returning tenant_id, id
               ), came as (
                   insert into payments (tenant_id, order_id, method, amount_cents, paid_amount_cents, status, mpesa_receipt, phone, requested_at, completed_at, result_source)
                   select tenant_id, id, 'mpesa_paybill', 115000, 115000, 'succeeded', 'UKS1CAME01', '+254711223344', timestamptz '2026-11-20 07:00+00', timestamptz '2026-11-20 07:01+00', 'callback' from buyer
                   union all
                   select tenant_id, null::uuid, 'mpesa_till', 64000, 64000, 'succeeded', 'UKS1INBOX2', null, '2026-11-20 20:59+00', '2026-11-20 21:00+00', 'pull' from buyer
                   union all
                   select tenant_id, id, 'mpesa_paybill', 115000, null, 'failed', null, '+254711223344', '2026-11-19 07:00+00', '2026-11-19 07:00+00', 'query' from buyer
                   returning tenant_id, id, order_id, mpesa_receipt, amount_cents
               ), told as (
                   insert into payment_audit (tenant_id, payment_id, event_type, metadata)
                   select tenant_id, id, 'succeeded', '{"source": "callback"}' from came where mpesa_receipt = 'UKS1CAME01'
               ), moved as (
                   select tenant_id, id, order_id, amount_cents, gen_random_uuid() as transfer from came where mpesa_receipt is not null
               )
               insert into ledger_entries (tenant_id, transfer_id, payment_id, place, order_id, amount_cents, reason)
               select tenant_id, transfer, id, 'outside', null::uuid, -amount_cents, 'received' from moved
               union all
               select tenant_id, transfer, id, case when order_id is null then 'inbox' else 'order' end, order_id, amount_cents, 'received' from moved"#,
        )
        .await;
    world
        .sql(
            "update payments set failure_reason = 'cancelled' where status = 'failed';
             insert into daily_closes (tenant_id, day, finished_at, payment_count, received_cents, order_cents, inbox_cents)
             select tenant_id, '2026-11-20', now(), 2, 179000, 115000, 64000 from stores where slug = 'kiondo-house';
             insert into close_gaps (tenant_id, kind, day, receipt, ours_cents)
             select tenant_id, 'not_listed', '2026-11-20', 'UKS1CAME01', 115000 from stores where slug = 'kiondo-house'",
        )
        .await;
    browser
}

#[tokio::test]
async fn the_list_shows_every_payment_and_each_leads_to_its_order() {
    let world = World::new().await;
    let mut browser = shop(&world).await;
    let page = browser.get(PAYMENTS).await;
    page.is(StatusCode::OK).says("3 payments").says("KSh 1,150").says("UKS1CAME01").says("Order 1042");
    page.says("No order yet").says("phone ends in 344").says_not("711223344").says_not("711 223 344");
    for (query, found, other) in [
        ("?state=received", "UKS1CAME01", "badge--bad"),
        ("?state=failed", "badge--bad", "UKS1CAME01"),
        ("?state=inbox", "UKS1INBOX2", "UKS1CAME01"),
        ("?method=mpesa_till", "UKS1INBOX2", "UKS1CAME01"),
        ("?words=uks1came01", "UKS1CAME01", "UKS1INBOX2"),
        ("?words=1042", "UKS1CAME01", "UKS1INBOX2"),
        ("?words=344", "UKS1CAME01", "UKS1INBOX2"),
        ("?words=0711223344", "UKS1CAME01", "UKS1INBOX2"),
        // By the merchant's clock it was still the twentieth when the second came.
        ("?day=2026-11-20", "UKS1INBOX2", "badge--bad"),
        ("?day=2026-11-19", "badge--bad", "UKS1CAME01"),
    ] {
        browser.get(&format!("{PAYMENTS}{query}")).await.is(StatusCode::OK).says(found).says_not(other);
    }
    for query in ["?words=%25", "?words=99999", "?state=open", "?method=card"] {
        browser.get(&format!("{PAYMENTS}{query}")).await.is(StatusCode::OK).says("No payment fits here.");
    }
    for query in ["?page=-7&state=x&day=32.13.&method=drop%20table", "?page=999999999999"] {
        browser.get(&format!("{PAYMENTS}{query}")).await.is(StatusCode::OK);
    }
}

#[tokio::test]
async fn a_payment_tells_where_its_money_is_and_how_it_got_there() {
    let world = World::new().await;
    let mut browser = shop(&world).await;
    let id = world.text("select id::text from payments where mpesa_receipt = 'UKS1CAME01'").await;
    let page = browser.get(&format!("{PAYMENTS}/{id}")).await;
    page.is(StatusCode::OK).says("Order 1042").says("the payer → Order").says("came in").says("Known by");
    page.says("0711 223 344");
    let lost = world.text("select id::text from payments where status = 'failed'").await;
    browser.get(&format!("{PAYMENTS}/{lost}")).await.says("No money has come.").says("cancelled on the phone");
    world.sql(&format!("update payments set failure_reason = 'card_declined' where id = '{lost}'")).await;
    browser
        .get(&format!("{PAYMENTS}/{lost}"))
        .await
        .says("bank declined the card")
        .says_not("M-Pesa could not finish it");
    let theirs = world.theirs.tenant;
    world
        .sql(&format!(
            "insert into payments (tenant_id, method, amount_cents, paid_amount_cents, status) values ('{theirs}', 'mpesa_till', 100, 100, 'succeeded')"
        ))
        .await;
    tell_twice(&world).await;
    let twin = world.text("select id::text from payments where failure_reason = 'told_twice'").await;
    let told = browser.get(&format!("{PAYMENTS}/{twin}")).await;
    told.is(StatusCode::OK).says("Told of twice").says("Inbox → nowhere").says_not("Inbox → the payer");
    let foreign = world.text(&format!("select id::text from payments where tenant_id = '{theirs}'")).await;
    for nothing in [foreign.as_str(), "nonsense", "00000000-0000-7000-8000-000000000000"] {
        browser.get(&format!("{PAYMENTS}/{nothing}")).await.is(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn the_accountants_file_has_every_shillings_place_and_runs_nothing() {
    let world = World::new().await;
    let mut browser = shop(&world).await;
    world.sql("update payments set mpesa_receipt = '=1+1' where mpesa_receipt = 'UKS1INBOX2'").await;
    // It came once, with its prompt, and went back to nobody.
    tell_twice(&world).await;
    let file = browser.get(&format!("{PAYMENTS}/file?from=2026-11-19&to=2026-11-20")).await;
    file.is(StatusCode::OK);
    assert_eq!(file.header(header::CONTENT_TYPE), "text/csv; charset=utf-8");
    assert!(file.header(header::CONTENT_DISPOSITION).contains("payments-2026-11-19-2026-11-20.csv"));
    let lines: Vec<&str> = file.text.lines().collect();
    assert_eq!(
        lines,
        [
            "day,time,order,method,state,asked,received,receipt,on_orders,in_refunds,in_credit,in_inbox,returned,known_by",
            "2026-11-19,10:00,1042,mpesa_paybill,failed,1150.00,0.00,,0.00,0.00,0.00,0.00,0.00,query",
            "2026-11-20,10:00,1042,mpesa_paybill,succeeded,1150.00,1150.00,UKS1CAME01,1150.00,0.00,0.00,0.00,0.00,callback",
            "2026-11-20,23:58,,mpesa_till,failed,500.00,0.00,,0.00,0.00,0.00,0.00,0.00,c2b",
            "2026-11-20,23:59,,mpesa_till,succeeded,640.00,640.00,'=1+1,0.00,0.00,0.00,640.00,0.00,pull",
        ]
    );
    assert_eq!(world.number("select count(*) from audit_log where action = 'payments_exported'").await, 1);
    for (from, to) in [("", ""), ("2026-11-20", "2026-11-19"), ("2020-01-01", "2026-11-20"), ("x", "2026-11-20")] {
        let refused = browser.get(&format!("{PAYMENTS}/file?from={from}&to={to}")).await;
        refused.is(StatusCode::UNPROCESSABLE_ENTITY).says("field__problem");
    }
    assert_eq!(world.number("select count(*) from audit_log where action = 'payments_exported'").await, 1);
}

#[tokio::test]
async fn a_long_file_is_whole_and_in_order() {
    let world = World::new().await;
    let mut browser = shop(&world).await;
    world
        .sql(
            "insert into payments (tenant_id, method, amount_cents, paid_amount_cents, status, mpesa_receipt, requested_at, completed_at)
             select tenant_id, 'mpesa_till', n * 100, n * 100, 'succeeded', 'N' || n, '2026-10-01 09:00+00', now()
             from stores, generate_series(1, 1000) n where slug = 'kiondo-house'",
        )
        .await;
    let file = browser.get(&format!("{PAYMENTS}/file?from=2026-10-01&to=2026-10-01")).await;
    let mut receipts: Vec<&str> = file.text.lines().skip(1).filter_map(|line| line.split(',').nth(7)).collect();
    assert_eq!(receipts.len(), 1_000);
    receipts.sort_unstable();
    receipts.dedup();
    assert_eq!(receipts.len(), 1_000, "none twice");
}

#[tokio::test]
async fn a_gap_is_closed_with_a_note_and_a_colleague_is_not_written_over() {
    let world = World::new().await;
    let mut browser = shop(&world).await;
    browser.get(CLOSE).await.is(StatusCode::OK).says("Does not come to zero").says("Gaps that wait").says("UKS1CAME01");
    let day = format!("{CLOSE}/2026-11-20");
    browser
        .get(&day)
        .await
        .is(StatusCode::OK)
        .says("Friday 20 November")
        .says("KSh 1,790")
        .says("Every shilling has a place.");
    let gap = world.text("select id::text from close_gaps").await;
    let form = format!("{CLOSE}/gaps/{gap}");
    for note in ["", "   ", &"x".repeat(501)] {
        let refused = browser.post(&form, &[("note", note)]).await;
        refused.is(StatusCode::UNPROCESSABLE_ENTITY).says("field__problem");
    }
    browser.post(&form, &[("note", "seen"), ("closed_by", "x")]).await.is(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(world.number("select count(*) from close_gaps where closed_at is null").await, 1);
    for _ in 0..2 {
        browser.post(&form, &[("note", "Safaricom says <it> came")]).await.leads_to(&format!("{day}?closed"));
    }
    browser
        .get(&format!("{day}?closed"))
        .await
        .says("The gap is closed.")
        .says("Safaricom says &lt;it&gt; came")
        .says("Comes to zero");
    let met = browser.post(&form, &[("note", "I think it is lost")]).await;
    met.is(StatusCode::CONFLICT).says("Somebody else has closed this gap").says("Safaricom says");
    assert_eq!(world.number("select count(*) from close_gaps where note like 'Safaricom%'").await, 1);
    for nothing in ["2026-11-21", "2031-01-01", "yesterday", "2026-13-01"] {
        browser.get(&format!("{CLOSE}/{nothing}")).await.is(StatusCode::NOT_FOUND);
    }
    let foreign = world.theirs.tenant;
    world
        .sql(&format!(
            "insert into close_gaps (tenant_id, kind, day, receipt) values ('{foreign}', 'not_listed', '2026-11-20', 'THEIRS0001')"
        ))
        .await;
    let theirs = world.text("select id::text from close_gaps where receipt = 'THEIRS0001'").await;
    browser.post(&format!("{CLOSE}/gaps/{theirs}"), &[("note", "mine now")]).await.is(StatusCode::NOT_FOUND);
    assert_eq!(world.number("select count(*) from close_gaps where note = 'mine now'").await, 0);
}

#[tokio::test]
async fn a_gap_of_a_day_that_no_night_has_closed_is_closed_from_the_list() {
    let world = World::new().await;
    let mut browser = shop(&world).await;
    world.sql("update close_gaps set kind = 'disputed', day = '2026-11-21', receipt = 'UKS1TODAY1'").await;
    let list = browser.get(CLOSE).await;
    list.is(StatusCode::OK).says("UKS1TODAY1").says("Sat 21 Nov").says_not("close/2026-11-21");
    let form = format!("{CLOSE}/gaps/{}", world.text("select id::text from close_gaps").await);
    let refused = browser.post(&form, &[("note", " ")]).await;
    refused.is(StatusCode::UNPROCESSABLE_ENTITY).says("field__problem").says("UKS1TODAY1");
    for _ in 0..2 {
        browser.post(&form, &[("note", "Sent the proof to the bank")]).await.leads_to(&format!("{CLOSE}?closed"));
    }
    browser.get(&format!("{CLOSE}?closed")).await.says("The gap is closed.").says_not("UKS1TODAY1");
    browser.post(&form, &[("note", "lost")]).await.is(StatusCode::CONFLICT).says("Somebody else has closed this gap");
}
