//! A labelled field with its hint and what is wrong with it.

use leptos::prelude::*;

/// One line of input. `problem` is the sentence shown under it.
#[derive(Clone, Debug, Default)]
pub struct Field {
    pub name: &'static str,
    /// What its ids are made of where another form of the page has a field of that name.
    pub id: Option<&'static str>,
    pub label: &'static str,
    pub value: String,
    pub kind: &'static str,
    pub autocomplete: &'static str,
    pub inputmode: Option<&'static str>,
    pub placeholder: Option<&'static str>,
    /// The id of a `datalist` with what may be picked instead of typed.
    pub list: Option<&'static str>,
    pub hint: Option<&'static str>,
    /// The word after the label of a field that may stay empty; without it the field is required.
    pub optional: Option<&'static str>,
    pub max: u16,
    pub problem: Option<&'static str>,
    /// The page opens on it, however far below the top it stands.
    pub is_first_wrong: bool,
}

/// Label above, input, hint, problem.
pub fn field(field: Field) -> impl IntoView {
    let own = field.id.unwrap_or(field.name);
    let id = format!("f-{own}");
    let described = described_by(own, field.hint.is_some(), field.problem.is_some());
    view! {
        <div class="field">
            <label for=id.clone()>{field.label}</label>
            {field.optional.map(|word| view! { " "<small>{word}</small> })}
            <input
                class="input"
                id=id
                name=field.name
                type=if field.kind.is_empty() { "text" } else { field.kind }
                value=field.value
                maxlength=is_typed(field.kind).then(|| field.max.to_string())
                autocomplete=(!field.autocomplete.is_empty()).then_some(field.autocomplete)
                inputmode=field.inputmode
                placeholder=field.placeholder
                list=field.list
                required=field.optional.is_none()
                autofocus=field.is_first_wrong
                aria-invalid=field.problem.is_some().then_some("true")
                aria-describedby=described
            />
            {beneath(own, field.hint, field.problem)}
        </div>
    }
}

/// Whether a person types into such a field letter by letter. What is picked has no length.
fn is_typed(kind: &str) -> bool {
    matches!(kind, "" | "text" | "search" | "tel" | "url" | "email" | "password")
}

/// The ids that explain a field, for `aria-describedby`.
pub fn described_by(name: &str, has_hint: bool, has_problem: bool) -> Option<String> {
    match (has_problem, has_hint) {
        (true, true) => Some(format!("p-{name} h-{name}")),
        (true, false) => Some(format!("p-{name}")),
        (false, true) => Some(format!("h-{name}")),
        (false, false) => None,
    }
}

/// Problem and hint under a field, with the ids of [`described_by`].
pub fn beneath(name: &str, hint: Option<&'static str>, problem: Option<&'static str>) -> impl IntoView + use<> {
    let (hint_id, problem_id) = (format!("h-{name}"), format!("p-{name}"));
    view! {
        {problem.map(|problem| view! { <p class="field__problem" id=problem_id>{problem}</p> })}
        {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
    }
}
