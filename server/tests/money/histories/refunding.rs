//! What people decide about money that came: it goes back, or not after all, an order is called off, credit is used.

use super::{Dice, History};
use duka::{
    checkout::{
        cancel_order::{CallingOff, cancel_order, look},
        inbox::use_credit,
        refunds::{
            ask::ask_refund,
            asked::Asked,
            by_hand::{GivenBack, give_up, mark_sent, retry, say_not_sent, send_owed},
            check::check_refund,
            credit::turn_into_credit,
            send::send_refund,
        },
    },
    error::AppError,
    kernel::{
        currency::Currency,
        id::{OrderId, RefundId},
        money::Money,
    },
    orders::refund_shares::Wanted,
};
use serde_json::{Value, json};
use std::time::Duration;
use uuid::Uuid;

/// How the provider ends what it is asked to send back from now on.
fn returning(dice: &mut Dice) -> Value {
    match dice.below(6) {
        0..=1 => json!({ "operation": "reversal", "result_code": 0 }),
        2 => json!({ "operation": "reversal", "result_code": 0, "callbacks": 5 }),
        3 => json!({ "operation": "reversal", "result_code": 0, "drop_callback": true }),
        4 => json!({ "operation": "reversal", "result_code": 0, "queue_timeout": true }),
        _ => json!({ "operation": "reversal", "result_code": "1" }),
    }
}

/// What a rule refuses is refused; that nothing is wrong afterwards is the point.
fn no_fault<T>(ended: Result<T, AppError>) {
    if let Err(fault @ AppError::Broken { .. }) = ended {
        panic!("{fault}");
    }
}

impl History {
    fn some_order(&mut self) -> Option<OrderId> {
        self.dice.of(&self.placed).map(|placed| placed.order)
    }

    async fn some_refund(&mut self) -> Option<RefundId> {
        let all: Vec<(Uuid,)> = sqlx::query_as("select id from refunds order by created_at, id")
            .fetch_all(&self.story.everything)
            .await
            .unwrap();
        self.dice.of(&all).map(|one| one.0.into())
    }

    /// All of an order's money or a part of it, by the provider where it can or by hand; sometimes two people at once.
    pub(super) async fn refund(&mut self) -> &'static str {
        let Some(order) = self.some_order() else { return "nothing to refund" };
        let script = returning(&mut self.dice);
        self.story.script(script).await;
        let (wanted, seen) = match self.dice.below(4) {
            0 => (Wanted::goodwill(Money::shillings(100)), Money::shillings(100)),
            // Six tenths.
            1 => (Wanted::goodwill(Money::shillings(690)), Money::shillings(690)),
            _ => match look(&self.owner, order).await.unwrap().goes_back {
                Some(all) => (Wanted::all(Currency::Kes), all),
                None => return "no money to refund",
            },
        };
        let asked = Asked {
            refund: RefundId::mint(),
            wanted,
            restock: Vec::new(),
            reason: "the kikoi was torn".into(),
            by_hand: self.dice.below(2) == 0,
        };
        if self.dice.below(3) == 0 {
            let another = Asked { refund: RefundId::mint(), ..asked.clone() };
            let (one, other) = tokio::join!(
                ask_refund(&self.owner, order, &asked, seen),
                ask_refund(&self.owner, order, &another, seen)
            );
            no_fault(one);
            no_fault(other);
            return "two refunds";
        }
        no_fault(ask_refund(&self.owner, order, &asked, seen).await);
        "refund"
    }

    /// Somebody sends a refund, tries it again, gives it up, keeps it as credit, or asks what became of it.
    pub(super) async fn decide(&mut self) -> &'static str {
        let Some(refund) = self.some_refund().await else { return "no refund to decide" };
        let receipt = format!("UKSENT{:04}", self.dice.below(10_000));
        let owner = &self.owner;
        match self.dice.below(9) {
            0 => {
                no_fault(mark_sent(owner, refund, &GivenBack::Sent(receipt)).await);
                "refund sent"
            }
            1 => {
                no_fault(mark_sent(owner, refund, &GivenBack::InCash).await);
                "refund in cash"
            }
            2 => {
                no_fault(retry(owner, refund).await);
                "refund again"
            }
            3 => {
                no_fault(give_up(owner, refund).await);
                "refund given up"
            }
            4 => {
                no_fault(say_not_sent(owner, refund).await);
                "refund not sent"
            }
            5 => {
                no_fault(send_owed(owner, refund).await);
                "refund to the provider"
            }
            6 => {
                no_fault(turn_into_credit(owner, refund).await);
                "refund as credit"
            }
            7 => {
                no_fault(check_refund(&self.story.platform, self.story.tenant(), refund).await);
                "ask of a refund"
            }
            _ => self.cut_refund(refund).await,
        }
    }

    /// The program dies while it gives a refund to the provider.
    async fn cut_refund(&mut self, refund: RefundId) -> &'static str {
        let (platform, tenant) = (self.story.platform.clone(), self.story.tenant());
        let step = tokio::spawn(async move { send_refund(&platform, tenant, refund).await });
        tokio::time::sleep(Duration::from_micros(self.dice.below(12_000) as u64)).await;
        step.abort();
        let _ = step.await;
        "refund cut"
    }

    pub(super) async fn call_off(&mut self) -> &'static str {
        let Some(order) = self.some_order() else { return "nothing to call off" };
        let seen = look(&self.owner, order).await.unwrap();
        let off = CallingOff {
            version: seen.version,
            reason: "the buyer called".into(),
            restock: Vec::new(),
            money: seen.goes_back.map(|back| (RefundId::mint(), back)),
            by_hand: self.dice.below(2) == 0,
        };
        no_fault(cancel_order(&self.owner, order, &off).await);
        "call off"
    }

    pub(super) async fn use_credit(&mut self) -> &'static str {
        let Some(order) = self.some_order() else { return "nothing to pay with credit" };
        let (cents,): (i64,) = self
            .story
            .row(&format!(
                "select coalesce(sum(e.amount_cents), 0)::bigint
                 from orders o
                 join ledger_entries e on e.tenant_id = o.tenant_id and e.customer_id = o.customer_id and e.place = 'credit'
                 where o.id = '{order}'"
            ))
            .await;
        no_fault(use_credit(&self.owner, order, Money::kes(cents)).await);
        "use credit"
    }
}
