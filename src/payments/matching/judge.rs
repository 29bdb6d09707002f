//! What to answer when the provider asks, before money moves, whether an account and an amount are right.

use super::account::{Match, OpenOrder, PaidIn, find_candidates, points_at};

/// Whether money may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It has a place, or a person will know it.
    Welcome,
    /// No order goes by this account.
    WrongAccount,
    /// The order is clear and owes another sum.
    WrongAmount,
    /// The order is paid, or closed.
    Closed,
}

impl Judgement {
    pub const ALL: [Self; 4] = [Self::Welcome, Self::WrongAccount, Self::WrongAmount, Self::Closed];

    /// The word of `mpesa_callbacks_raw.outcome`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Welcome => "accepted",
            Self::WrongAccount => "wrong_account",
            Self::WrongAmount => "wrong_amount",
            Self::Closed => "closed_order",
        }
    }
}

/// Judges money with an account. What only a person can decide is welcome: it goes to the inbox.
pub fn judge(paid: &PaidIn<'_>, orders: &[OpenOrder]) -> Judgement {
    let pointed = points_at(paid.typed, orders);
    // For certain is also a closed order that is named to the letter; but it need not take the money yet.
    if let Match::Certain(order) = find_candidates(paid, orders)
        && pointed.iter().any(|(found, _)| found.id == order && !found.is_closed)
    {
        return Judgement::Welcome;
    }
    let owes_this = |order: &OpenOrder| order.takes_money() && order.due_cents == paid.amount_cents;
    if pointed.iter().any(|(order, _)| owes_this(order)) {
        return Judgement::Welcome;
    }
    let named = || pointed.iter().filter(|(_, is_named)| *is_named).map(|(order, _)| *order);
    if named().any(OpenOrder::takes_money) {
        return Judgement::WrongAmount;
    }
    if named().next().is_some() { Judgement::Closed } else { Judgement::WrongAccount }
}

#[cfg(test)]
mod tests {
    use super::{
        super::account::tests::{order, paid, shop},
        *,
    };

    #[test]
    fn what_is_wrong_is_named_and_what_is_doubtful_is_welcome() {
        let mut orders = shop();
        orders.push(OpenOrder { is_closed: true, ..order(1_077, 900, "0755000444") });
        for (typed, shillings, expected) in [
            ("1042W", 1_450, Judgement::Welcome),
            ("1042", 1_450, Judgement::Welcome),
            ("1024W", 1_450, Judgement::Welcome),
            ("0711 223 344", 1_450, Judgement::Welcome),
            ("1042W", 1_400, Judgement::WrongAmount),
            ("1042", 5_000, Judgement::WrongAmount),
            ("0711 223 344", 10, Judgement::WrongAmount),
            ("1099K", 1_450, Judgement::Closed),
            ("1077", 900, Judgement::Closed),
            ("5555", 1_450, Judgement::WrongAccount),
            ("rent", 1_450, Judgement::WrongAccount),
            ("", 1_450, Judgement::WrongAccount),
        ] {
            assert_eq!(judge(&paid(typed, shillings, None), &orders), expected, "{typed} {shillings}");
        }
    }
}
