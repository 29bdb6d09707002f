//! A field of several lines.

use leptos::prelude::*;

/// What stands in it, and how it is found and described.
#[derive(Clone, Debug, Default)]
pub struct TextArea<'a> {
    pub id: String,
    pub name: &'static str,
    pub value: &'a str,
    pub max: u16,
    pub rows: u8,
    pub is_wrong: bool,
    /// The ids of what explains it.
    pub described: Option<String>,
}

/// Leptos 0.8 writes what stands between the tags unescaped, so it is escaped here.
pub fn text_area(area: TextArea<'_>) -> impl IntoView + use<> {
    let safe = area.value.replace('&', "&amp;").replace('<', "&lt;");
    view! {
        <textarea
            class="input"
            id=area.id
            name=area.name
            rows=area.rows.to_string()
            maxlength=area.max.to_string()
            aria-invalid=area.is_wrong.then_some("true")
            aria-describedby=area.described
            inner_html=safe
        ></textarea>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_text_area_cannot_leave_it() {
        let value = "</textarea><script>";
        let html = Owner::new().with(|| text_area(TextArea { name: "note", value, ..TextArea::default() }).to_html());
        assert!(html.contains("&lt;/textarea>&lt;script>"), "{html}");
    }
}
