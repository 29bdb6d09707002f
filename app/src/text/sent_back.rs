//! What a buyer reads on the order's page about money that goes back.

use duka::kernel::locale::Locale;
use duka::pages::storefront::order::{BackStage, SentBack};

/// One sentence; `when` is a moment as people read it.
pub fn sentence(locale: Locale, back: &SentBack, when: &str) -> String {
    let amount = back.amount;
    let said = match (locale, back.stage) {
        (Locale::En, BackStage::Coming) => format!("{amount} is on its way back to you, since {when}."),
        (Locale::En, BackStage::Sent) => format!("{amount} was sent back on {when}."),
        (Locale::En, BackStage::Credit) => format!("The shop keeps {amount} for you to buy with, since {when}."),
        (Locale::Sw, BackStage::Coming) => format!("{amount} iko njiani kurudi kwako, tangu {when}."),
        (Locale::Sw, BackStage::Sent) => format!("{amount} ilirudishwa tarehe {when}."),
        (Locale::Sw, BackStage::Credit) => format!("Duka linakuwekea {amount} ununue nayo, tangu {when}."),
    };
    match (&back.receipt, locale) {
        (None, _) => said,
        (Some(receipt), Locale::En) => format!("{said} Receipt {receipt}."),
        (Some(receipt), Locale::Sw) => format!("{said} Risiti {receipt}."),
    }
}

pub const fn heading(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "Money back",
        Locale::Sw => "Pesa iliyorudi",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use duka::kernel::money::Money;

    #[test]
    fn money_back_is_told_with_sum_day_and_receipt() {
        let back = SentBack {
            amount: Money::shillings(450),
            stage: BackStage::Sent,
            at: chrono::DateTime::UNIX_EPOCH,
            receipt: Some("UK23AB45CD".into()),
        };
        assert_eq!(
            sentence(Locale::En, &back, "21/9/2026, 17:13"),
            "KSh 450 was sent back on 21/9/2026, 17:13. Receipt UK23AB45CD."
        );
        let coming = SentBack { stage: BackStage::Coming, receipt: None, ..back };
        assert_eq!(
            sentence(Locale::Sw, &coming, "21/9/2026, 17:13"),
            "KSh 450 iko njiani kurudi kwako, tangu 21/9/2026, 17:13."
        );
    }
}
