//! Loads an order for whoever holds its token: two statements for the page, one for its progress.

use super::{
    ByHand, Due, OrderPage, PaidCard, PayStage, Progress, SentBack, due, lines,
    parcel::{self, Carried},
    rows::{Back, Typed},
    sent::Sent,
    stage::{Attempt, Owed, stage},
};
use crate::{
    ctx::{Ctx, SentPrompt},
    db::{DbError, TenantTx},
    error::AppError,
    kernel::{currency::Currency, id::OrderId, money::Money, order_number::OrderNumber, phone::Phone, token::Token},
    orders::status::{OrderStatus, PaymentState},
    payments::{
        matching::Reference,
        method::{LEAST_BY_CARD, PaymentMethod, fits_mpesa},
        receipt::ReceiptState,
        status::PaymentStatus,
    },
};
use chrono::{DateTime, Utc};
use sqlx::types::Json;

struct Head {
    id: OrderId,
    number: OrderNumber,
    status: OrderStatus,
    payment_status: PaymentState,
    method: PaymentMethod,
    currency: Currency,
    subtotal: i64,
    discount: i64,
    delivery: i64,
    total: i64,
    tax: i64,
    /// What is asked for now: all that the order lacks, or the deposit while that is waited for.
    missing: i64,
    waits_for_deposit: bool,
    excess: i64,
    /// The account's kind, and the number that people pay to.
    account: Option<(String, String)>,
    area: String,
    street: String,
    is_collected: bool,
    instructions: Option<String>,
    due: Option<Due>,
    phone: Option<Phone>,
    placed_at: DateTime<Utc>,
    stage: PayStage,
    refunds: Vec<SentBack>,
    has_open_prompt: bool,
    /// Until another prompt may go to the phone.
    pause_seconds: Option<u32>,
    typed: Option<Typed>,
    takes_mpesa: bool,
    takes_cards: bool,
    paid_card: Option<PaidCard>,
    has_receipt: bool,
    held_until: Option<DateTime<Utc>>,
    carried: Option<Carried>,
    sent: Option<Sent>,
}

/// The order's page. A token that opens nothing is "not found".
pub async fn load(ctx: &Ctx, token: &Token) -> Result<OrderPage, AppError> {
    let mut tx = ctx.tx().await?;
    let mut head = find_head(ctx, &mut tx, token).await?.ok_or(AppError::NotFound)?;
    let lines = lines::list(&mut tx, head.id, head.currency).await?;
    let parcel = parcel::view(head.carried.take(), ctx, &mut tx, head.status).await?;
    let money = |cents| Money::new(cents, head.currency);
    // What may have been paid is not paid again.
    let may_pay = may_pay(head.status, head.payment_status) && head.stage != PayStage::CardChecking;
    let may_prompt = may_pay || head.waits_for_deposit;
    Ok(OrderPage {
        token: token.hex(),
        idempotency_key: Token::random().hex(),
        number: head.number,
        status: head.status,
        payment_status: head.payment_status,
        method: head.method,
        placed_at: head.placed_at,
        lines,
        subtotal: money(head.subtotal),
        discount: money(head.discount),
        delivery: money(head.delivery),
        total: money(head.total),
        tax: money(head.tax),
        missing: money(head.missing),
        excess: money(head.excess),
        by_hand: by_hand(&head),
        area: head.area,
        street: head.street,
        is_collected: head.is_collected,
        instructions: head.instructions,
        due: head.due,
        parcel,
        sent: head.sent.and_then(Sent::view),
        waits_for_deposit: head.waits_for_deposit,
        held_until: head.held_until,
        may_prompt: may_prompt && head.takes_mpesa && !head.has_open_prompt && fits_mpesa(money(head.missing)),
        pause_seconds: head.pause_seconds,
        pay_problem: None,
        may_card: head.takes_cards && may_pay && !head.has_open_prompt && head.total >= LEAST_BY_CARD.minor(),
        paid_card: head.paid_card,
        has_receipt: head.has_receipt,
        mpesa_phone: head.phone.map(|phone| phone.masked()),
        may_type_receipt: matches!(head.payment_status, PaymentState::Unpaid | PaymentState::Partial),
        receipt_problem: None,
        typed: head.typed.map(|typed| typed.view(ctx.now())),
        stage: head.stage,
        refunds: head.refunds,
    })
}

/// Only in whole shillings, and only while the order waits for them.
fn by_hand(head: &Head) -> Option<ByHand> {
    let (kind, number) = head.account.clone()?;
    let method = PaymentMethod::by_hand(&kind);
    let is_payable = head.status == OrderStatus::AwaitingPayment
        && head.missing > 0
        && Money::new(head.missing, head.currency).is_whole();
    is_payable.then(|| ByHand {
        method,
        number,
        account: (method == PaymentMethod::MpesaPaybill).then(|| Reference::of(head.number.number()).to_string()),
    })
}

/// Only how far the money is.
pub async fn progress(ctx: &Ctx, token: &Token) -> Result<Progress, AppError> {
    let mut tx = ctx.tx().await?;
    let head = find_head(ctx, &mut tx, token).await?.ok_or(AppError::NotFound)?;
    Ok(Progress {
        number: head.number,
        status: head.status,
        payment_status: head.payment_status,
        stage: head.stage,
        total: Money::new(head.total, head.currency),
        missing: Money::new(head.missing, head.currency),
        mpesa_phone: head.phone.map(|phone| phone.masked()),
    })
}

async fn find_head(ctx: &Ctx, tx: &mut TenantTx, token: &Token) -> Result<Option<Head>, AppError> {
    let (now, pauses) = (ctx.now(), ctx.platform.pauses);
    let row = sqlx::query!(
        r#"select o.id, o.order_number, o.number_prefix, o.status, o.payment_status, o.payment_method, o.currency,
                  o.subtotal_cents, o.discount_cents, o.delivery_fee_cents, o.total_cents, o.tax_cents, o.deposit_cents,
                  coalesce(o.shipping_address ->> 'street' = '', false) and not exists (
                      select
                      from delivery_quotes z
                      where z.tenant_id = $1
                        and z.id = o.delivery_quote_id
                        and z.agent_id is not null
                  ) as "is_collected!",
                  o.delivery_city_area, o.shipping_address ->> 'street' as street, o.notes, o.eta_minutes, o.arrives_on, o.customer_phone, o.placed_at,
                  o.placed_at at time zone t.timezone as "placed_on!", ($3::timestamptz at time zone t.timezone)::date as "today!",
                  p.status as "pay_status?", p.failure_reason as "pay_failure?", p.phone as "pay_phone?", p.mpesa_receipt as "pay_receipt?",
                  p.has_paid_callback as "has_paid_callback?",
                  q.receipt as "typed_receipt?", q.outcome as "typed_outcome?", q.created_at as "typed_at?",
                  m.kind as "account_kind?", coalesce(case when m.kind = 'till' then m.till_number end, m.short_code) as "account_number?",
                  (select there.cents from order_money($1, o.id) as there (cents)) as "has_cents!",
                  (select coalesce(sum(r.amount_cents), 0)::bigint
                   from refunds r
                   where r.tenant_id = $1
                     and r.order_id = o.id
                     and r.kind = 'excess'
                     and r.status <> 'processed') as "excess_cents!",
                  p.method as "pay_method?", p.result_code as "pay_code?", p.card_page as "card_page?", p.provider_reference as "card_reference?",
                  p.card_brand as "card_brand?", p.card_last_four as "card_last_four?",
                  exists (select from card_accounts k where k.tenant_id = $1 and k.is_active) as "takes_cards!",
                  o.paid_at is not null as "has_receipt!",
                  w.manual_name as "manual_name?", w.manual_instructions as "manual_instructions?",
                  (select coalesce(jsonb_agg(jsonb_build_object(
                              'amount_cents', r.amount_cents,
                              'stage', case when r.status <> 'processed' then 'coming'
                                            when r.way = 'credit' then 'credit'
                                            else 'sent' end,
                              'at', coalesce(r.processed_at, r.created_at),
                              'receipt', r.receipt) order by r.created_at desc, r.id), '[]')
                   from refunds r
                   where r.tenant_id = $1
                     and r.order_id = o.id
                     and r.given_up_at is null) as "refunds!: Json<Vec<Back>>",
                  (select jsonb_build_object('id', d.id, 'status', d.status, 'failure', d.failure, 'rider', r.name)
                   from delivery_orders d
                   left join delivery_partners r on r.tenant_id = $1 and r.id = d.partner_id
                   where d.tenant_id = $1
                     and d.order_id = o.id
                     and d.is_current) as "carried: Json<Carried>",
                  (select jsonb_build_object('carrier', c.name, 'code', d.tracking_code, 'status', d.status, 'agent', a.title)
                   from delivery_orders d
                   join delivery_partners c on c.tenant_id = $1 and c.id = d.partner_id
                   left join partner_parcels b on b.tenant_id = $1 and b.delivery_id = d.id
                   left join partner_agents a on a.tenant_id = $1 and a.id = b.agent_id
                   where d.tenant_id = $1
                     and d.order_id = o.id
                     and d.tracking_code is not null
                   order by d.created_at desc, d.id desc
                   limit 1) as "sent: Json<Sent>",
                  (select max(h.expires_at)
                   from stock_holds h
                   where h.tenant_id = $1
                     and h.order_id = o.id
                     and h.released_at is null
                     and h.converted_at is null) as held_until,
                  coalesce(b.phone, o.customer_phone) as prompt_phone,
                  (select coalesce(jsonb_agg(jsonb_build_object('at', e.claimed_at, 'amount_cents', e.amount_cents)), '[]')
                   from payments e
                   where e.tenant_id = $1
                     and e.phone = coalesce(b.phone, o.customer_phone)
                     and e.hook_token_hash is not null
                     and e.claimed_at > $4) as "lately!: Json<Vec<SentPrompt>>"
           from orders o
           join tenants t on t.id = $1
           left join mpesa_accounts m on m.tenant_id = $1 and m.is_active
           left join payment_rules w on w.tenant_id = $1 and w.store_id = o.store_id
           left join lateral (
               select a.status, a.failure_reason, a.phone, a.mpesa_receipt, a.method, a.result_code, a.card_page, a.provider_reference,
                      a.card_brand, a.card_last_four,
                      exists (select 1 from mpesa_callbacks_raw c
                              where c.tenant_id = $1 and c.payment_id = a.id and c.outcome in ('not_confirmed', 'amount_mismatch')) as has_paid_callback
               from payments a
               where a.tenant_id = $1
                 and a.order_id = o.id
               order by (a.status = 'succeeded' and o.payment_status in ('paid', 'refunded')) desc,
                        (a.status in ('initiated', 'pending') and a.method in ('mpesa_till', 'mpesa_paybill')) desc, a.attempt_no desc
               limit 1
           ) p on true
           left join lateral (
               select t.receipt, t.outcome, t.created_at
               from provider_questions t
               where t.tenant_id = $1
                 and t.order_id = o.id
                 and t.kind = 'status'
                 and t.receipt is not null
               order by t.created_at desc, t.id desc
               limit 1
           ) q on true
           left join lateral (
               select a.phone
               from payments a
               where a.tenant_id = $1
                 and a.order_id = o.id
                 and a.hook_token_hash is not null
                 and a.phone is not null
                 and not a.asked_by_rider
               order by a.attempt_no desc
               limit 1
           ) b on true
           where o.tenant_id = $1
             and o.token_hash = $2"#,
        tx.tenant(),
        token.hash(),
        now,
        now - pauses.longest()
    )
    .fetch_optional(tx.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let unreadable = |what: &'static str| AppError::from(DbError::corrupt(what, &"a word the program does not know"));
    let status = OrderStatus::parse(&row.status).ok_or_else(|| unreadable("orders.status"))?;
    let payment_status = PaymentState::parse(&row.payment_status).ok_or_else(|| unreadable("orders.payment_status"))?;
    let method = row.payment_method.as_deref().and_then(PaymentMethod::from_order).unwrap_or(PaymentMethod::MpesaStk);
    let attempt = match row.pay_status.as_deref() {
        None => None,
        Some(word) => Some(Attempt {
            method: row.pay_method.as_deref().and_then(PaymentMethod::parse),
            status: PaymentStatus::parse(word).ok_or_else(|| unreadable("payments.status"))?,
            failure: row.pay_failure,
            receipt: row.pay_receipt,
            has_paid_callback: row.has_paid_callback == Some(true),
            card_word: row.pay_code,
            page: row.card_page,
            reference: row.card_reference,
        }),
    };
    let is_card = attempt.as_ref().is_some_and(Attempt::is_card);
    let has_open_prompt = attempt.as_ref().is_some_and(|attempt| attempt.is_open() && attempt.is_prompt());
    let lacks = (row.total_cents - row.has_cents).max(0);
    let deposit = row.deposit_cents.map_or(0, |deposit| (deposit - row.has_cents).clamp(0, lacks));
    let waits_for_deposit = status == OrderStatus::Pending && deposit > 0;
    let asked = if waits_for_deposit { deposit } else { lacks };
    let missing = if status == OrderStatus::Refunded { 0 } else { asked };
    let owed = Owed {
        status,
        payment_status,
        method,
        waits_for_deposit,
        has_deposit: row.deposit_cents.is_some() && !waits_for_deposit,
        manual: (row.manual_name.unwrap_or_default(), row.manual_instructions.unwrap_or_default()),
    };
    let currency = Currency::parse(&row.currency).ok_or_else(|| unreadable("orders.currency"))?;
    // The phone that rings now, or the one that rings next: who paid by hand or at the door is neither.
    let phone = if has_open_prompt { row.pay_phone.or(row.customer_phone) } else { row.prompt_phone };
    Ok(Some(Head {
        id: row.id.into(),
        number: OrderNumber::of(&row.number_prefix, row.order_number),
        status,
        payment_status,
        method,
        currency,
        subtotal: row.subtotal_cents,
        discount: row.discount_cents,
        delivery: row.delivery_fee_cents,
        total: row.total_cents,
        tax: row.tax_cents,
        missing,
        waits_for_deposit,
        // Of a closed order all goes back, and its refund says so.
        excess: if status == OrderStatus::Cancelled { 0 } else { row.excess_cents },
        takes_mpesa: row.account_kind.is_some(),
        account: row.account_kind.zip(row.account_number),
        area: row.delivery_city_area.unwrap_or_default(),
        street: row.street.unwrap_or_default(),
        is_collected: row.is_collected,
        instructions: row.notes,
        due: due::of(row.arrives_on, row.placed_on, row.eta_minutes, row.today),
        phone: phone.as_deref().and_then(Phone::parse),
        placed_at: row.placed_at,
        has_receipt: row.has_receipt,
        held_until: row
            .held_until
            .filter(|until| *until > now && (status == OrderStatus::AwaitingPayment || waits_for_deposit)),
        carried: row.carried.map(|carried| carried.0),
        sent: row.sent.map(|sent| sent.0),
        stage: stage(owed, attempt),
        typed: row.typed_receipt.zip(row.typed_at).map(|(receipt, at)| Typed {
            receipt,
            state: ReceiptState::of_outcome(row.typed_outcome.as_deref()),
            at,
        }),
        refunds: row.refunds.0.into_iter().map(|back| back.view(currency)).collect(),
        has_open_prompt,
        pause_seconds: pauses.left(&row.lately.0, missing, now),
        takes_cards: row.takes_cards,
        paid_card: row
            .card_brand
            .zip(row.card_last_four)
            .filter(|_| is_card)
            .map(|(brand, last_four)| PaidCard { brand, last_four }),
    }))
}

/// Whether money can still be asked for by prompt: of a cash order once it is accepted.
const fn may_pay(status: OrderStatus, payment: PaymentState) -> bool {
    matches!(status, OrderStatus::AwaitingPayment | OrderStatus::Packing | OrderStatus::Dispatched)
        && matches!(payment, PaymentState::Unpaid | PaymentState::Partial)
}
