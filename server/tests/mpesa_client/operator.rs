//! Questions and reversals in an operator's name: what is posted, what it means, and every way to fail.

use std::time::{Duration, Instant};

use duka::{
    kernel::money::Money,
    payments::providers::mpesa::{
        AskAccepted, AskHooks, AskRefused, Daraja, Initiator, ProviderResult, Sought, TransactionState,
        operator_outcome::{AskOutcome, OperatorTrouble, ReversalOutcome},
        read_result,
    },
};
use serde_json::{Value, json};

use crate::world::{World, paybill, request};

fn initiator() -> Initiator {
    Initiator { name: "dukaapi".to_owned(), password: "Safe#2026".to_owned() }
}

/// Hooks of a question that somebody listens to.
struct Urls {
    result: String,
    timeout: String,
}

impl Urls {
    async fn of(world: &mut World) -> Self {
        Self {
            result: world.hook("/hooks/ask/71aa/result").await,
            timeout: world.hook("/hooks/ask/71aa/timeout").await,
        }
    }

    fn hooks(&self) -> AskHooks<'_> {
        AskHooks { result_url: &self.result, timeout_url: &self.timeout }
    }
}

async fn paid(world: &World) -> String {
    let payment =
        json!({ "short_code": "509731", "kind": "paybill", "account": "1001", "amount": 1450, "phone": "0711223344" });
    world.pay_by_hand(payment).await.0
}

async fn result(world: &mut World, accepted: &AskAccepted) -> ProviderResult {
    let (path, body) = world.posted().await;
    assert_eq!(path, "/hooks/ask/71aa/result");
    let result = read_result(&body).unwrap();
    assert_eq!(result.conversation_id, accepted.conversation_id);
    assert_eq!(result.originator_conversation_id, accepted.originator_conversation_id);
    result
}

#[tokio::test]
async fn the_status_of_a_receipt_is_what_was_paid() {
    let mut world = World::new().await;
    let urls = Urls::of(&mut world).await;
    let receipt = paid(&world).await;
    let asked = world.daraja.ask_status(&paybill(), &initiator(), Sought::Receipt(&receipt), urls.hooks()).await;
    let result = result(&mut world, &asked.unwrap()).await;
    let found = result.transaction().unwrap();
    assert_eq!((found.receipt, found.amount), (receipt, Money::shillings(1450)));
    assert_eq!((found.state, found.credited.as_deref()), (TransactionState::Completed, Some("509731")));
    assert_eq!(found.paid_by.phone().unwrap().msisdn(), "254711223344");
    assert!(found.at.is_some());
}

#[tokio::test]
async fn a_made_up_receipt_is_not_found_and_a_prompts_receipt_is() {
    let mut world = World::new().await;
    let urls = Urls::of(&mut world).await;
    let asked = world.daraja.ask_status(&paybill(), &initiator(), Sought::Receipt("UD23K7QX9P"), urls.hooks()).await;
    let answer = result(&mut world, &asked.unwrap()).await;
    assert_eq!(AskOutcome::from_code(&answer.result_code), AskOutcome::NotFound);
    assert!(answer.transaction().is_none() && answer.transaction_id.is_none());

    let callback = world.hook("/hooks/pay/9f1c").await;
    world.control("mpesa", json!({ "result_code": 0 })).await;
    let mut push = request("254711223344");
    push.callback_url = callback;
    world.daraja.push(&paybill(), push).await.unwrap();
    let paid: Value = serde_json::from_slice(&world.posted().await.1).unwrap();
    let receipt = &paid["Body"]["stkCallback"]["CallbackMetadata"]["Item"][1]["Value"];
    let receipt = receipt.as_str().unwrap().to_owned();
    let asked = world.daraja.ask_status(&paybill(), &initiator(), Sought::Receipt(&receipt), urls.hooks()).await;
    let found = result(&mut world, &asked.unwrap()).await.transaction().unwrap();
    assert_eq!((found.receipt, found.amount), (receipt, Money::shillings(1450)));
}

#[tokio::test]
async fn money_goes_back_once_and_the_status_knows() {
    let mut world = World::new().await;
    let urls = Urls::of(&mut world).await;
    let receipt = paid(&world).await;
    let reverse = async |world: &World| {
        let amount = Money::shillings(1450);
        let who = initiator();
        world.daraja.reverse(&paybill(), &who, &receipt, amount, urls.hooks(), "Refund 1001").await.unwrap()
    };
    let ordered = reverse(&world).await;
    let sent = world.last_sent("reversal/v1/request").await;
    assert_eq!((&sent["Amount"], &sent["ReceiverParty"]), (&json!("1450"), &json!("509731")));
    let done = result(&mut world, &ordered).await;
    assert_eq!(ReversalOutcome::from_code(&done.result_code), ReversalOutcome::Reversed);
    assert_eq!(done.parameter("OriginalTransactionID"), Some(receipt.as_str()));
    let back = done.transaction_id.unwrap();

    let again = reverse(&world).await;
    let again = result(&mut world, &again).await;
    assert_eq!(ReversalOutcome::from_code(&again.result_code), ReversalOutcome::AlreadyReversed);

    let id = &ordered.originator_conversation_id;
    let asked = world.daraja.ask_status(&paybill(), &initiator(), Sought::Conversation(id), urls.hooks()).await;
    let found = result(&mut world, &asked.unwrap()).await.transaction().unwrap();
    assert_eq!((found.receipt, found.state), (back, TransactionState::Completed));
    assert_eq!(found.credited.as_deref(), Some("254711223344"));
    let asked = world.daraja.ask_status(&paybill(), &initiator(), Sought::Receipt(&receipt), urls.hooks()).await;
    let found = result(&mut world, &asked.unwrap()).await.transaction().unwrap();
    assert_eq!(found.state, TransactionState::Cancelled);
}

#[tokio::test]
async fn the_balance_is_what_came_less_what_went_back() {
    let mut world = World::new().await;
    let urls = Urls::of(&mut world).await;
    paid(&world).await;
    let asked = world.daraja.ask_balance(&paybill(), &initiator(), urls.hooks()).await.unwrap();
    let balances = result(&mut world, &asked).await.balances();
    assert_eq!(balances.len(), 2);
    assert_eq!((balances[1].account.as_str(), balances[1].available), ("Utility Account", Money::shillings(1450)));
}

#[tokio::test]
async fn a_wrong_a_locked_and_a_lesser_operator_are_told_apart() {
    let mut world = World::new().await;
    let urls = Urls::of(&mut world).await;
    for (name, password, trouble) in [
        ("dukaapi", "wrong", OperatorTrouble::BadCredential),
        ("dukaapi", "locked", OperatorTrouble::Locked),
        ("norole", "Safe#2026", OperatorTrouble::NotAllowed),
    ] {
        let who = Initiator { name: name.to_owned(), password: password.to_owned() };
        let asked = world.daraja.ask_balance(&paybill(), &who, urls.hooks()).await.unwrap();
        let code = result(&mut world, &asked).await.result_code;
        assert_eq!(AskOutcome::from_code(&code), AskOutcome::Trouble(trouble));
        assert_eq!(ReversalOutcome::from_code(&code), ReversalOutcome::Trouble(trouble));
    }
}

#[tokio::test]
async fn what_cannot_be_asked_never_leaves_this_machine() {
    let mut world = World::new().await;
    let urls = Urls::of(&mut world).await;
    let (who, hooks) = (initiator(), urls.hooks());
    for (amount, receipt) in [(145_050, "UD23K7QX9P"), (0, "UD23K7QX9P"), (25_000_100, "UD23K7QX9P"), (100, "short")] {
        let refused = world.daraja.reverse(&paybill(), &who, receipt, Money::kes(amount), hooks, "Refund").await;
        assert!(matches!(refused, Err(AskRefused::BadRequest(_))), "{amount} {receipt}: {refused:?}");
    }
    let nobody = Initiator { name: String::new(), ..initiator() };
    let refused = world.daraja.ask_balance(&paybill(), &nobody, hooks).await;
    assert!(matches!(refused, Err(AskRefused::BadSettings(_))), "{refused:?}");
    let bare = Daraja::new(&world.sandbox.daraja_url());
    let refused = bare.ask_balance(&paybill(), &who, hooks).await;
    assert_eq!(refused, Err(AskRefused::BadSettings("the provider's certificate is not set".to_owned())));
    assert_eq!(world.received().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_script_decides_how_a_reversal_ends_and_whether_it_is_told() {
    let mut world = World::new().await;
    let urls = Urls::of(&mut world).await;
    let receipt = paid(&world).await;
    let script = async |world: &World, mut script: Value| {
        script["operation"] = json!("reversal");
        world.control("mpesa", script).await;
        let (who, amount) = (initiator(), Money::shillings(1450));
        world.daraja.reverse(&paybill(), &who, &receipt, amount, urls.hooks(), "Refund").await.unwrap()
    };
    let status = async |world: &mut World| {
        let sought = Sought::Receipt(&receipt);
        let asked = world.daraja.ask_status(&paybill(), &initiator(), sought, urls.hooks()).await.unwrap();
        result(world, &asked).await.transaction().unwrap().state
    };
    let failed = script(&world, json!({ "result_code": 31_337, "callbacks": 2 })).await;
    for _ in 0..2 {
        let code = result(&mut world, &failed).await.result_code;
        assert_eq!(ReversalOutcome::from_code(&code), ReversalOutcome::Unknown);
    }
    assert_eq!(status(&mut world).await, TransactionState::Completed);

    script(&world, json!({ "result_code": 1, "queue_timeout": true })).await;
    assert_eq!(world.posted().await.0, "/hooks/ask/71aa/timeout");
    assert_eq!(status(&mut world).await, TransactionState::Completed);

    script(&world, json!({ "result_code": 0, "drop_callback": true })).await;
    assert_eq!(status(&mut world).await, TransactionState::Cancelled);
    assert!(world.is_quiet());
}

#[tokio::test]
async fn a_script_lies_about_the_sum_of_a_status() {
    let mut world = World::new().await;
    let urls = Urls::of(&mut world).await;
    let receipt = paid(&world).await;
    world.control("mpesa", json!({ "operation": "status", "result_code": 0, "amount": 7 })).await;
    let asked = world.daraja.ask_status(&paybill(), &initiator(), Sought::Receipt(&receipt), urls.hooks()).await;
    let found = result(&mut world, &asked.unwrap()).await.transaction().unwrap();
    assert_eq!(found.amount, Money::shillings(7));
}

#[tokio::test]
async fn faults_of_a_reversal_leave_it_unknown_and_are_never_repeated() {
    let mut world = World::new().await;
    let urls = Urls::of(&mut world).await;
    let receipt = paid(&world).await;
    let reverse = async |world: &World| {
        let (who, amount) = (initiator(), Money::shillings(1450));
        world.daraja.reverse(&paybill(), &who, &receipt, amount, urls.hooks(), "Refund").await
    };
    world.fault("garbage", 1).await;
    let refused = reverse(&world).await;
    assert!(matches!(refused, Err(AskRefused::NotSent(_))), "the token was not given: {refused:?}");
    world.query("warm up").await.unwrap();
    let before = world.received().await.len();
    for kind in ["refuse", "500", "garbage"] {
        world.fault(kind, 1).await;
        assert_eq!(reverse(&world).await, Err(AskRefused::Unknown), "{kind}");
    }
    assert_eq!(world.received().await[before..], ["request", "request", "request"]);
    assert!(world.is_quiet());
    world.fault("expired_token", 1).await;
    let ordered = reverse(&world).await.unwrap();
    let code = result(&mut world, &ordered).await.result_code;
    assert_eq!(ReversalOutcome::from_code(&code), ReversalOutcome::Reversed);
}

#[tokio::test]
async fn a_slow_answer_is_waited_for_a_hanging_one_is_not_and_a_missing_provider_was_never_asked() {
    let (mut slow, mut hanging) = (World::new().await, World::new().await);
    let (slow_urls, hanging_urls) = (Urls::of(&mut slow).await, Urls::of(&mut hanging).await);
    slow.query("warm up").await.unwrap();
    hanging.query("warm up").await.unwrap();
    slow.fault("slow", 1).await;
    hanging.fault("hang", 1).await;
    let (who, account) = (initiator(), paybill());
    let started = Instant::now();
    let (taken, unknown) = tokio::join!(
        slow.daraja.ask_balance(&account, &who, slow_urls.hooks()),
        hanging.daraja.ask_balance(&account, &who, hanging_urls.hooks())
    );
    taken.unwrap();
    assert_eq!(unknown, Err(AskRefused::Unknown));
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    let World { sandbox, daraja, .. } = slow;
    sandbox.stop().await;
    let refused = daraja.ask_balance(&account, &who, slow_urls.hooks()).await;
    assert_eq!(refused, Err(AskRefused::NotSent("no connection".to_owned())));
}
