//! A shop whose orders are paid, people who may do different things, and ways to ask for money back.

use super::story::Story;
use duka::{
    checkout::{
        forms::CheckoutForm,
        land_money::{Arrived, Landed, Payer, ReceivedBy, land},
        place_order::Placed,
        refunds::{ask::ask_refund, asked::Asked},
        request_prompt,
        settle_payment::Source,
    },
    ctx::Ctx,
    error::AppError,
    kernel::{
        access::{Actor, Role},
        currency::Currency,
        id::{OrderId, OrderItemId, RefundId, UserId},
        money::Money,
    },
    orders::refund_shares::Wanted,
};
use serde_json::json;

/// A member of the team with this role.
pub async fn member(story: &Story, role: Role) -> Ctx {
    let user = UserId::mint();
    story
        .write(&format!(
            "insert into users (tenant_id, id, email, role) values ('{}', '{user}', '{user}@mama-njeri.test', '{}')",
            story.tenant(),
            role.as_str()
        ))
        .await;
    Ctx::new(story.platform.clone(), story.tenant(), Actor::Member { user, role })
}

/// Two of the first good, one of the second, and the delivery: KSh 3,650 with VAT inside, paid over the phone by
/// somebody who left an e-mail.
pub async fn paid_order(story: &Story) -> Placed {
    story.write("update stores set is_vat_registered = true, vat_basis_points = 1600").await;
    story.script(json!({ "result_code": 0 })).await;
    let placed = open_order(story).await;
    request_prompt::send(&story.platform, story.tenant(), placed.prompt.unwrap()).await.unwrap();
    story.until_settled(&placed).await;
    placed
}

/// The same, not paid yet.
pub async fn open_order(story: &Story) -> Placed {
    let cart = story.cart(&[(0, 2), (1, 1)]).await;
    let form = CheckoutForm { email: "amina@duka.test".into(), ..story.form(3_650) };
    story.place(&cart, form).await.unwrap()
}

/// The line of the first or second good.
pub async fn item(story: &Story, placed: &Placed, good: usize) -> OrderItemId {
    let (id,): (uuid::Uuid,) = story
        .row(&format!(
            "select id from order_items where order_id = '{}' and variant_id = '{}'",
            placed.order, story.shop.variants[good]
        ))
        .await;
    id.into()
}

pub fn all() -> Wanted {
    Wanted::all(Currency::Kes)
}

pub fn goodwill(shillings: i64) -> Wanted {
    Wanted::goodwill(Money::shillings(shillings))
}

pub fn pieces(lines: &[(OrderItemId, u32)]) -> Wanted {
    Wanted { is_all: false, lines: lines.to_vec(), delivery: false, goodwill: Money::shillings(0) }
}

pub fn asked(wanted: Wanted) -> Asked {
    Asked { refund: RefundId::mint(), wanted, restock: Vec::new(), reason: "the kikoi was torn".into(), by_hand: false }
}

/// Asks, having seen this total.
pub async fn ask(ctx: &Ctx, order: OrderId, asked: &Asked, shillings: i64) -> Result<RefundId, AppError> {
    ask_refund(ctx, order, asked, Money::shillings(shillings)).await
}

/// Money that comes by itself for an order.
pub async fn money_lands(story: &Story, order: OrderId, receipt: &str, shillings: i64) -> Landed {
    let program = Ctx::new(story.platform.clone(), story.tenant(), Actor::Program);
    let arrived = Arrived {
        method: ReceivedBy::MpesaPaybill,
        source: Source::C2b,
        receipt: Some(receipt.into()),
        amount: Money::shillings(shillings),
        order: Some(order),
        short_code: Some("509731".into()),
        typed_account: None,
        payer: Payer::default(),
        at: story.platform.clock.now(),
    };
    land(&program, arrived).await.unwrap()
}

/// Everything that asking could have changed, as one line.
pub async fn picture(story: &Story) -> String {
    story
        .row::<(String,)>(
            "select concat_ws(' ',
                 (select string_agg(concat_ws(':', id, status, way, receipt, failure, given_up_at is null), ' ' order by id) from refunds),
                 (select string_agg(concat_ws(':', id, stock_quantity, version), ' ' order by id) from product_variants),
                 (select string_agg(concat_ws(':', id, status, payment_status, version), ' ' order by id) from orders),
                 (select string_agg(concat_ws(':', id, lifetime_value_cents), ' ' order by id) from customers),
                 (select string_agg(concat_ws(':', id, catalogue_version), ' ' order by id) from tenants),
                 (select count(*) from refund_lines), (select count(*) from ledger_entries), (select count(*) from mails),
                 (select count(*) from inventory_movements), (select count(*) from order_status_history),
                 (select count(*) from payment_audit), (select count(*) from audit_log where action <> 'signed_in'))",
        )
        .await
        .0
}

/// Where received money stands: on orders, in refunds, in credit, in the inbox, outside; in cents.
pub async fn places(story: &Story) -> (i64, i64, i64, i64, i64) {
    story
        .row(
            "select coalesce(sum(amount_cents) filter (where place = 'order'), 0)::bigint,
                    coalesce(sum(amount_cents) filter (where place = 'refund'), 0)::bigint,
                    coalesce(sum(amount_cents) filter (where place = 'credit'), 0)::bigint,
                    coalesce(sum(amount_cents) filter (where place = 'inbox'), 0)::bigint,
                    coalesce(sum(amount_cents) filter (where place = 'outside'), 0)::bigint
             from ledger_entries",
        )
        .await
}
