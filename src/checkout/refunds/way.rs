//! How a refund travels: whose money it takes, and who sends it.

use super::sold::Source;
use crate::{
    db::TenantTx,
    error::AppError,
    kernel::{id::PaymentId, money::Money},
    payments::refund::RefundWay,
};
use uuid::Uuid;

/// What a refund takes of one payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub payment: PaymentId,
    pub amount: Money,
    method: String,
    /// The provider can take the whole payment back by its receipt.
    is_whole: bool,
}

/// Takes `amount` of payments: of the one that it is the whole of, or else of as few as possible. The parts are in the
/// order in which payments are locked. Less than `amount` when there is less.
pub(super) fn take(sources: &[Source], amount: Money) -> Vec<Part> {
    let part = |source: &Source, taken: Money| Part {
        payment: source.payment,
        amount: taken,
        method: source.method.clone(),
        is_whole: source.brought == taken && source.receipt.is_some(),
    };
    if let Some(exact) = sources.iter().find(|source| source.there == amount) {
        return vec![part(exact, amount)];
    }
    let mut left = amount.minor();
    let mut parts = Vec::new();
    for source in sources {
        let taken = left.min(source.there.minor());
        if taken > 0 {
            parts.push(part(source, Money::new(taken, amount.currency())));
            left -= taken;
        }
    }
    parts.sort_by_key(|part| part.payment);
    parts
}

/// What the shop can send by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::checkout) struct Senders {
    /// Payments whose M-Pesa account has its keys, and an operator of the provider's interface.
    reversible: Vec<PaymentId>,
    /// The shop takes cards, or did.
    pub can_card: bool,
}

impl Senders {
    /// Whether M-Pesa can be asked to send this one's money back.
    pub fn can_reverse(&self, payment: PaymentId) -> bool {
        self.reversible.contains(&payment)
    }
}

/// Only the M-Pesa account that took money can send it back, also when another one is in use by now; a card's goes back
/// through the account it came by.
pub(in crate::checkout) async fn senders(tx: &mut TenantTx, payments: &[PaymentId]) -> Result<Senders, AppError> {
    let ids: Vec<Uuid> = payments.iter().copied().map(PaymentId::uuid).collect();
    let row = sqlx::query!(
        r#"select array(
               select p.id
               from payments p
               join lateral (
                   select m.initiator_name, m.initiator_password_sealed, m.consumer_key_sealed, m.consumer_secret_sealed
                   from mpesa_accounts m
                   where m.tenant_id = $1
                     and case when p.short_code is null then m.is_active else p.short_code in (m.short_code, m.till_number) end
                   order by m.is_active desc, m.proved_at desc nulls last, m.id desc
                   limit 1
               ) a on a.initiator_name is not null
                  and a.initiator_password_sealed is not null
                  and a.consumer_key_sealed is not null
                  and a.consumer_secret_sealed is not null
               where p.tenant_id = $1
                 and p.id = any($2)
           ) as "reversible!: Vec<Uuid>",
           exists (
               select
               from card_accounts
               where tenant_id = $1
                 and secret_key_sealed is not null
           ) as "can_card!""#,
        tx.tenant(),
        &ids
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(Senders { reversible: row.reversible.into_iter().map(PaymentId::from).collect(), can_card: row.can_card })
}

/// The way these parts travel. M-Pesa takes back whole payments only; anything else a person sends.
pub(super) fn choose(parts: &[Part], by_hand: bool, senders: &Senders) -> RefundWay {
    match parts {
        [one] if !by_hand && one.method.starts_with("mpesa") && one.is_whole && senders.can_reverse(one.payment) => {
            RefundWay::Reversal
        }
        [one] if !by_hand && one.method == "card" && senders.can_card => RefundWay::Card,
        parts if !parts.is_empty() && parts.iter().all(|part| part.method == "cod") => RefundWay::Cash,
        _ => RefundWay::Manual,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(n: u8, method: &str, brought: i64, there: i64) -> Source {
        Source {
            payment: PaymentId::parse(&format!("00000000-0000-7000-8000-{n:012}")).unwrap(),
            method: method.into(),
            receipt: (method != "cod").then(|| format!("UK23AAAA0{n}")),
            brought: Money::shillings(brought),
            there: Money::shillings(there),
        }
    }
    fn way(sources: &[Source], amount: i64, by_hand: bool) -> (RefundWay, Vec<i64>) {
        let parts = take(sources, Money::shillings(amount));
        let reversible = sources.iter().map(|source| source.payment).collect();
        let senders = Senders { reversible, can_card: true };
        (choose(&parts, by_hand, &senders), parts.iter().map(|part| part.amount.whole()).collect())
    }

    #[test]
    fn the_provider_sends_whole_payments_and_a_person_the_rest() {
        let phone = [source(1, "mpesa_paybill", 1_000, 1_000)];
        assert_eq!(way(&phone, 1_000, false), (RefundWay::Reversal, vec![1_000]));
        assert_eq!(way(&phone, 1_000, true), (RefundWay::Manual, vec![1_000]));
        assert_eq!(way(&phone, 600, false), (RefundWay::Manual, vec![600]));
        // A part has gone back before: the provider would send too much.
        assert_eq!(way(&[source(1, "mpesa_till", 1_000, 400)], 400, false), (RefundWay::Manual, vec![400]));
        let two = [source(2, "mpesa_till", 700, 700), source(1, "mpesa_paybill", 300, 300)];
        assert_eq!(way(&two, 300, false), (RefundWay::Reversal, vec![300]));
        assert_eq!(way(&two, 1_000, false), (RefundWay::Manual, vec![300, 700]), "in the order of locks");
        assert_eq!(way(&two, 800, false), (RefundWay::Manual, vec![100, 700]));
        assert_eq!(way(&[source(1, "cod", 900, 900)], 900, false), (RefundWay::Cash, vec![900]));
        assert_eq!(way(&[source(1, "card", 900, 900)], 400, false), (RefundWay::Card, vec![400]));
        assert_eq!(way(&[source(1, "manual", 900, 900)], 900, false), (RefundWay::Manual, vec![900]));
        assert_eq!(way(&[], 900, false), (RefundWay::Manual, vec![]));
    }

    #[test]
    fn without_an_operator_nothing_is_reversed() {
        let money = [source(1, "mpesa_paybill", 1_000, 1_000), source(2, "mpesa_paybill", 300, 300)];
        let parts = take(&money, Money::shillings(1_000));
        assert_eq!(choose(&parts, false, &Senders::default()), RefundWay::Manual);
        // The operator of another payment's account is of no use.
        let senders = Senders { reversible: vec![money[1].payment], can_card: false };
        assert_eq!(choose(&parts, false, &senders), RefundWay::Manual);
        assert_eq!(choose(&take(&money, Money::shillings(300)), false, &senders), RefundWay::Reversal);
    }
}
