//! Pages and posts in English.

use super::{ContentWords, PageKind, PageState};

pub const WORDS: ContentWords = ContentWords {
    title: "Pages",
    lead: "Posts stand in your shop’s blog by their date. Plain pages, such as “About us”, stand at the foot of the shop.",
    policies: "What you write about delivery, returns and data stands in the settings of the shop.",
    nothing_yet: "Nothing written yet. Begin below; nobody sees it until you publish it.",
    kind: |kind| match kind {
        PageKind::Post => "Blog post",
        PageKind::Plain => "Plain page",
    },
    state: |state| match state {
        PageState::Draft => "Draft",
        PageState::Scheduled => "Scheduled",
        PageState::Published => "Published",
    },
    from: |moment| format!("from {moment}"),
    new: "Write something new",
    new_labels: &[("page", ""), ("title", "Title"), ("kind", "What it is")],
    begin: "Begin a draft",
    labels: &[
        ("title", "Title"),
        ("body", "Text"),
        ("state", "Who reads it"),
        ("at", "Day and hour"),
        ("slug", "Address"),
        ("summary", "Description for search engines"),
        ("indexable", "Search engines may list it"),
    ],
    body_hint: "An empty line begins a paragraph; **bold**, ## a heading, - a list, [words](/p/…) a link. Pictures are added below.",
    when: "When",
    states: [
        ("draft", "Draft: only your team"),
        ("now", "Published: everybody, from now on"),
        ("at", "Everybody, from the day and hour below"),
    ],
    at_hint: "By your shop’s clock. It appears by itself.",
    found: "How it is found",
    slug_hint: "Small letters, digits and single dashes. The old address keeps leading here.",
    summary_hint: "Empty: the beginning of the text.",
    indexable: "Search engines may list it",
    preview: "Preview",
    previewed: "This is a preview. Nothing is saved yet.",
    how_it_looks: "How it looks",
    see_in_shop: "See it in the shop",
    not_hidden_from_links: "Search engines are told to leave it out; whoever has the link can read it.",
    pictures_lead: "Each picture has a line that you put into the text where it is to be seen. The first one in a post is also what people see when they share it.",
    picture_words_hint: "For people who cannot see it. Say it first, then choose the picture.",
    choose_picture: "Choose a picture",
    choose_picture_hint: "JPEG, PNG or WebP, up to 8 MB. We make it small and take out where it was taken.",
    save_text_first: "Save what you typed above first: adding a picture loads this page anew.",
    add_picture: "Add the picture",
    put_into_text: "Put this into the text",
    pages_pictures_are_full: |most| {
        format!("This page has all the {most} pictures it can have. Remove one to add another.")
    },
    remove: "Delete",
    remove_text: "Deletes it with all its addresses. To take it out of the shop only, make it a draft.",
    sure: "Yes, delete it for good",
};
