//! Discounts in English.

use super::SavingWords;
use duka::kernel::kenya;
use duka::pricing::priced::CodeRefusal;

pub static WORDS: SavingWords = SavingWords {
    discount: "Discount",
    with_code: |name, code| format!("{name} (code {code})"),
    you_save: |saved| format!("You save {saved}"),
    after_discounts: "After discounts",
    off_delivery: |name| format!("Off the delivery: {name}"),
    how_combined: "You get the best price that our discounts allow together.",
    to_free_delivery: |missing| format!("{missing} more for free delivery"),
    typed_codes: "Your codes",
    remove_code: |code| format!("Remove code {code}"),
    not_counted: why,
    not_taken: |code, refusal| format!("{} Your cart is unchanged.", why(code, refusal)),
    too_many_codes: |limit| format!("A cart takes {limit} codes at most. Remove one first; your cart is unchanged."),
};

fn why(code: &str, why: &CodeRefusal) -> String {
    match why {
        CodeRefusal::Unknown if code.is_empty() => "Type the code first.".to_owned(),
        CodeRefusal::Unknown => format!("We do not know the code {code}. Check the spelling."),
        CodeRefusal::NotYet { from } => format!("The code {code} can be used from {}.", kenya::moment(*from)),
        CodeRefusal::Over => format!("The code {code} has expired."),
        CodeRefusal::Paused => format!("The code {code} cannot be used at the moment."),
        CodeRefusal::BelowMinimum { missing } => {
            format!("The code {code} needs {missing} more of what it is for in your cart.")
        }
        CodeRefusal::UsedUp => format!("The code {code} has been used up."),
        CodeRefusal::AlreadyUsed => format!("The code {code} goes once per phone number, and yours has had it."),
        CodeRefusal::NothingFits => format!("The code {code} is for other products than those in your cart."),
        CodeRefusal::Beaten => {
            format!("Your cart already has a better discount, and the code {code} cannot be added to it.")
        }
        CodeRefusal::NothingLeft => format!("There is nothing the code {code} could make cheaper in your cart."),
    }
}
