//! The list of customers as a file, in English.

use super::CustomerFileWords;
use duka::customers::bring_in::{BringRefusal as Refusal, Part};

pub const WORDS: CustomerFileWords = CustomerFileWords {
    take_out: "Take the list out",
    take_out_lead: "A file for spreadsheets: name, phone, e-mail, areas, tags, orders, what they spent in shillings, their first and last order, and what they said about being written to, with the day. It can be brought in again.",
    in_it: |count| {
        if count == 1 { "1 customer will be in it.".to_owned() } else { format!("{count} customers will be in it.") }
    },
    words_are: |words| format!("Only who is found by “{words}”."),
    group_is: |name| format!("Only the group “{name}”."),
    only_first: |most| {
        format!(
            "A file holds {most} people: the first of the list are in it. For the others, take out one group at a time."
        )
    },
    with_care: "These are people’s phones and names. Keep the file where nobody else reads it, and delete it when you are done. That you took it out is written down.",
    download: "Download the list",
    everybody_instead: "Everybody instead",
    bring_in: "Bring a list in",
    bring_in_lead: "A table of people with a phone number in each row. First it is only tried: you see what would happen before anything changes.",
    file: "File",
    file_hint: "CSV, at most 2 MiB and 5,000 rows.",
    columns: "The first row names the columns: Phone is needed; Name, Email, Area and Tags may be there. Other columns are not looked at. 07…, +254… and 254… are one person.",
    no_consent: "Who is new is added. Of who is known only what is empty is filled, and tags are added. That somebody may be written to is never taken from a list: ask them.",
    try_it: "Upload and try it",
    no_file: "Choose a file first. Nothing was changed.",
    too_large: "The file is larger than 2 MiB. Nothing was changed. Split it and bring in the parts.",
    refusal: |refusal| match refusal {
        Refusal::NoPhoneColumn => {
            "No column of the file is called Phone. Nothing was changed. Name it in the first row and try again."
                .to_owned()
        }
        Refusal::ColumnTwice(name) => format!(
            "The file says twice the same as its column “{name}”. Nothing was changed. Take one of the two out and try again."
        ),
        Refusal::TooManyRows => {
            "The file has more than 5,000 rows. Nothing was changed. Split it and bring in the parts.".to_owned()
        }
    },
    tried: "Ready to bring in",
    done: "The list is in",
    would_be: "Nothing has changed yet. It would be:",
    sums: |sums| {
        format!("{} new, {} filled, {} as before, {} not taken", sums.new, sums.filled, sums.same, sums.refused)
    },
    nothing_to_do: "There is nothing to bring in.",
    do_it: "Bring it in",
    another: "Another file",
    not_taken: "Not taken",
    taken: "Row by row",
    first_rows: |count| format!("The first {count} rows."),
    line: |line| format!("Line {line}"),
    part: |part| match part {
        Part::Phone => "Phone",
        Part::Name | Part::FirstName | Part::LastName => "Name",
        Part::Email => "E-mail",
        Part::Area => "Area",
        Part::Tags => "Tags",
    },
    new: "New.",
    same: "As before.",
    filled: |parts| format!("Filled: {parts}."),
    kept: |parts| format!("Another stands already and stays: {parts}."),
    not_a_phone: "This is no Kenyan mobile number.",
    twice: |line| format!("The same person stands on line {line}."),
    too_wide: "The row has more cells than the file has columns.",
    leaving: "This person asked to be erased, and is left alone.",
};
