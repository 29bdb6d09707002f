//! Words of files in English.

use super::ImportWords;
use duka::catalog::import::{ImportRefusal as Refusal, runs::RunStatus as Status};

pub const WORDS: ImportWords = ImportWords {
    title: "Bring products in",
    lead: "A product file from Shopify, WooCommerce or Duka, or any table with names and prices. First it is only tried: you see what would happen before anything changes.",
    file: "File",
    file_hint: "CSV, at most 64 MiB and 100,000 rows.",
    format: "Whose file is it?",
    format_auto: "Find out by its columns",
    rate: "Rate for foreign prices",
    rate_hint: "How many shillings one unit is worth, such as 129.50. Leave it empty when the prices are in shillings.",
    look_first: "Upload and try it",
    former: "Files before",
    none_yet: "No file has been brought in yet.",
    export_title: "Take products out",
    export_text: "Everything the shop sells in one file, with stock and what it cost you. It can be brought in again unchanged.",
    export: "Download products",
    back: "Back to files",
    status: |status| match status {
        Status::Uploaded => "Waits for its columns",
        Status::Checking => "Being tried",
        Status::Checked => "Ready to bring in",
        Status::Waiting => "Waits for its turn",
        Status::Running => "Being brought in",
        Status::Succeeded => "Done",
        Status::Failed => "Not taken",
        Status::Cancelled => "Stopped",
    },
    explain: |status| match status {
        Status::Uploaded => "Say below what the columns are. Nothing has changed in the shop.",
        Status::Checking => "Nothing is changed in the shop. You may leave this page and come back.",
        Status::Checked => "Nothing has changed in the shop yet. Look at the report, then bring it in.",
        Status::Waiting => "It begins as soon as no other file is being brought in. You may leave this page.",
        Status::Running => "You may leave this page and come back. Each product comes in whole or not at all.",
        Status::Succeeded => "Everything that could be taken is in the shop.",
        Status::Failed => "Nothing was brought in.",
        Status::Cancelled => {
            "What was in by then stays in the shop, each product whole. The same file again goes on with the rest."
        }
    },
    nothing_to_take: "Nothing of it can be taken. The report says what is wrong: mend the file and upload it again.",
    stopping: "It stops after the products that are being written.",
    rows_done: |done, total| format!("{done} of {total} rows"),
    sums: |sums| {
        format!(
            "{} new, {} changed, {} as before, {} not taken",
            sums.created, sums.updated, sums.unchanged, sums.refused
        )
    },
    would_be: "It would be:",
    import: "Bring it in",
    cancel: "Stop",
    report: "Download the report",
    to_products: "See the products",
    notes: |count| if count == 1 { "1 remark".to_owned() } else { format!("{count} remarks") },
    first_notes: |count| format!("The first {count} are here; the report has the others."),
    line: "Line",
    column: "Column",
    says: "It says",
    wrong: "What is wrong",
    remark: ToString::to_string,
    refused: "not taken",
    refreshes: "This page looks again every few seconds.",
    removed: "The file and its report have been removed: a shop keeps the last fifty files, for 30 days.",
    columns_title: "What are the columns?",
    columns_lead: "A name and a price are needed. Whatever you leave out is not read.",
    ignore: "Leave it out",
    try_it: "Try it",
    field: |field| match field {
        "slug" => "Address of the product",
        "name" => "Name",
        "price" => "Price",
        "was" => "Former price",
        "cost" => "What it cost you",
        "stock" => "Pieces in stock",
        "sku" => "SKU",
        "barcode" => "Barcode",
        "category" => "Category",
        "brand" => "Brand",
        "description" => "Description",
        "tags" => "Tags",
        "status" => "Status",
        "published" => "Published",
        "weight" => "Weight in grams",
        "limit" => "Low stock limit",
        "option1_name" => "First choice: its name",
        "option1_value" => "First choice: the value",
        "option2_name" => "Second choice: its name",
        "option2_value" => "Second choice: the value",
        "option3_name" => "Third choice: its name",
        "option3_value" => "Third choice: the value",
        "picture" => "Picture",
        "picture_alt" => "Text of the picture",
        "variant_picture" => "Picture of this variant",
        "active" => "Can be bought",
        "position" => "Place in the list",
        "seo_title" => "Title for search engines",
        "seo_description" => "Text for search engines",
        _ => "",
    },
    choose_file: "Choose a file. Nothing was uploaded.",
    not_a_rate: "A rate is a number such as 129.50. Nothing was uploaded.",
    too_many_files: "Fifty files are being worked on already. Try again when one of them is done.",
    refusal: |refusal| match refusal {
        Refusal::TooLarge => {
            "The file is larger than 64 MiB. Nothing was changed; split it and bring the parts in one by one."
                .to_owned()
        }
        Refusal::TooManyRows => {
            "The file has more than 100,000 rows. Nothing was changed; split it and bring the parts in one by one."
                .to_owned()
        }
        Refusal::TooManyColumns => {
            "The file has more than 300 columns. Nothing was changed; take out those you do not need.".to_owned()
        }
        Refusal::Empty => "The file is empty. Nothing was changed.".to_owned(),
        Refusal::NoRows => "The file has a header and no rows. Nothing was changed.".to_owned(),
        Refusal::Unreadable => "The file cannot be read. Nothing was changed; upload it again.".to_owned(),
        Refusal::NotText { line } => format!(
            "The file is not text that can be read: line {line} has a byte that is none. Nothing was changed; save it as “CSV UTF-8” and upload it again."
        ),
        Refusal::Workbook => {
            "The file is a workbook, as Excel keeps it. Nothing was changed; save it as “CSV UTF-8” and upload that."
                .to_owned()
        }
        Refusal::UnknownColumns => {
            "The columns are those of no format that is known here. Nothing was changed.".to_owned()
        }
        Refusal::MappingIncomplete => {
            "Say which column is the name and which is the price. Nothing was changed.".to_owned()
        }
        Refusal::MissingColumns { format, columns } => format!(
            "A {} product file has the columns {}, and this one lacks them. Nothing was changed.",
            format.name(),
            columns.join(", ")
        ),
        Refusal::ColumnTwice(name) => format!("The column {name} is there or is said twice. Nothing was changed."),
        Refusal::OtherCurrency(code) => {
            format!("The shop trades in {code}; files are brought in as Kenyan shillings only. Nothing was changed.")
        }
        Refusal::NoSuchStore => "There is no such shop.".to_owned(),
        Refusal::Busy => "Another file is being brought in. Nothing was changed; try again when it is done.".to_owned(),
        Refusal::Cancelled => {
            "Somebody stopped it. What is in is whole; the same file again goes on with the rest.".to_owned()
        }
        Refusal::Stopped(_) => "It stopped by itself. What is in is whole; it goes on soon.".to_owned(),
    },
};
