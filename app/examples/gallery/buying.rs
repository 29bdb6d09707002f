//! Made-up views of buying: cart, checkout and order.

use super::{area, line};
use chrono::DateTime;
use duka::kernel::{
    field_errors::{FieldErrors, FieldProblem},
    money::Money,
};
use duka::orders::status::{OrderStatus, PaymentState};
use duka::pages::storefront::{
    cart::CartPage,
    checkout::{Arrival, Change, CheckoutPage, CheckoutValues, PlaceAnswer},
    order::{ByHand, Due, OrderLine, OrderPage, Parcel, ParcelStands, PayStage},
    savings::{Saving, Savings, TypedNote},
};
use duka::payments::method::{PaymentMethod, Takes};
use duka::pricing::priced::CodeRefusal;

fn savings(shillings: i64) -> Savings {
    let amount = Money::shillings(shillings);
    Savings {
        lines: vec![Saving {
            name: "Karibu, 10 % off".to_owned(),
            code: Some("KARIBU10".to_owned()),
            amount,
            is_delivery: false,
        }],
        codes: vec![
            TypedNote { code: "KARIBU10".to_owned(), why: None },
            TypedNote { code: "EASTER".to_owned(), why: Some(CodeRefusal::Over) },
        ],
        to_free_delivery: Some(Money::shillings(1_350)),
    }
}

pub fn cart(count: usize) -> CartPage {
    CartPage {
        lines: (0..count).map(|at| line(at, if at == 2 { 3 } else { 1 })).collect(),
        subtotal: Money::shillings(9_100),
        total: Money::shillings(8_190),
        savings: savings(910),
        delivery: Some(area("Westlands", "Nairobi West", 150)),
        asks_why: false,
    }
}

pub fn checkout(is_refused: bool) -> CheckoutPage {
    let mut errors = FieldErrors::none();
    let mut values = CheckoutValues::default();
    let mut changes = Vec::new();
    if is_refused {
        errors.add("phone", FieldProblem::NotAPhone);
        errors.add("street", FieldProblem::Missing);
        "Achieng \"Aki\" <b>Otieno".clone_into(&mut values.name);
        "0911".clone_into(&mut values.phone);
        changes = vec![
            Change::Price {
                product_name: "Kitenge wrap dress".to_owned(),
                seen: Money::shillings(3_500),
                now: Money::shillings(3_800),
            },
            Change::Total { seen: Money::shillings(6_100), now: Money::shillings(6_400) },
        ];
    }
    CheckoutPage {
        lines: vec![line(0, 1), line(1, 1)],
        areas: vec![
            area("Westlands", "Nairobi West", 150),
            area("Kilimani", "Nairobi West", 100),
            area("Kileleshwa", "Nairobi West", 150),
            area("Embakasi", "Nairobi East", 250),
            area("Ruiru", "Kiambu", 400),
        ],
        chosen: 0,
        arrival: Some(Arrival { minutes: 120, is_next_day: false, order_before: Some(960) }),
        is_collection: false,
        is_at_agent: false,
        place: String::new(),
        answer: PlaceAnswer::Nothing,
        quote: String::new(),
        holds_until: "16:00".to_owned(),
        subtotal: Money::shillings(6_250),
        savings: savings(625),
        delivery: Money::shillings(150),
        total: Money::shillings(5_775),
        tax: Money::kes(79_655),
        methods: PaymentMethod::offered(&Takes {
            by_hand: Some(PaymentMethod::MpesaPaybill),
            cash: true,
            card: true,
            manual: true,
        }),
        no_cash: None,
        no_mpesa: false,
        deposit: None,
        manual_name: Some("Airtel Money".to_owned()),
        idempotency_key: "01935f0e7a1c70008000".to_owned(),
        values,
        is_known: false,
        errors,
        changes,
    }
}

pub fn order(status: OrderStatus, payment_status: PaymentState, stage: PayStage, may_prompt: bool) -> OrderPage {
    let bought = |at: usize| {
        let line = line(at, 1);
        OrderLine {
            product_name: line.product_name,
            variant_name: line.variant_name,
            picture: line.picture,
            quantity: 1,
            unit_price: line.unit_price,
            total: line.total,
        }
    };
    let is_payable = status == OrderStatus::AwaitingPayment;
    let missing = Money::shillings(if stage == PayStage::Partly { 775 } else { 5_775 });
    OrderPage {
        token: "ab12".repeat(16),
        number: 1_042.into(),
        status,
        payment_status,
        method: if stage == PayStage::CashOnDelivery { PaymentMethod::Cod } else { PaymentMethod::MpesaStk },
        placed_at: DateTime::from_timestamp(1_795_000_000, 0).unwrap_or_default(),
        lines: vec![bought(0), bought(1)],
        subtotal: Money::shillings(6_250),
        discount: Money::shillings(625),
        delivery: Money::shillings(150),
        total: Money::shillings(5_775),
        tax: Money::kes(79_655),
        missing: if is_payable || stage == PayStage::CashOnDelivery { missing } else { Money::shillings(0) },
        waits_for_deposit: false,
        excess: Money::shillings(0),
        by_hand: is_payable.then(|| ByHand {
            method: PaymentMethod::MpesaPaybill,
            number: "509731".to_owned(),
            account: Some("1042W".to_owned()),
        }),
        area: "Westlands".to_owned(),
        street: "Ring Road, Westlands Heights, 4th floor".to_owned(),
        is_collected: false,
        instructions: Some("Call from the gate".to_owned()),
        due: Some(Due { in_days: 0, day: "18/11/2026".to_owned(), hour: Some("14:30".to_owned()) }),
        parcel: (status == OrderStatus::Dispatched)
            .then(|| Parcel { rider: "Otieno".to_owned(), stands: ParcelStands::Coming { code: "0482".to_owned() } }),
        sent: None,
        stage,
        typed: None,
        receipt_problem: None,
        may_type_receipt: payment_status != PaymentState::Paid,
        refunds: Vec::new(),
        may_prompt,
        held_until: is_payable.then(|| DateTime::from_timestamp(1_795_001_800, 0).unwrap_or_default()),
        pause_seconds: None,
        pay_problem: None,
        may_card: may_prompt,
        paid_card: None,
        has_receipt: payment_status == PaymentState::Paid,
        mpesa_phone: Some("0711 ••• 344".to_owned()),
        idempotency_key: "01935f0e7a1c70008001".to_owned(),
    }
}
