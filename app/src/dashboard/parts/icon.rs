//! The few pictograms, drawn in the text's colour.

use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Today,
    Orders,
    Products,
    Stock,
    Discounts,
    Customers,
    Deliveries,
    Payments,
    Pages,
    Settings,
    More,
    Out,
}

/// Decoration: the word beside it says what it is.
pub fn view(icon: Icon) -> impl IntoView {
    let lines = match icon {
        Icon::Today => "M4 20V10M10 20V4M16 20v-7M22 20H2",
        Icon::Orders => "M5 3h14v18l-3-2-2 2-2-2-2 2-2-2-3 2zM9 8h6M9 12h6",
        Icon::Products => "M3 7l9-4 9 4v10l-9 4-9-4zM3 7l9 4 9-4M12 11v10",
        Icon::Stock => "M4 4v16M20 4v16M4 9h16M4 16h16M8 9V6h4v3M13 16v-4h4v4",
        Icon::Discounts => "M3 12V4a1 1 0 0 1 1-1h8l9 9-9 9zM8 8h.01",
        Icon::Customers => "M4 21a8 8 0 0 1 16 0M8 7a4 4 0 1 0 8 0 4 4 0 0 0-8 0",
        Icon::Deliveries => "M2 6h11v11H2zM13 10h5l4 4v3h-9M5 20h3M16 20h3",
        Icon::Payments => "M3 6h18v12H3zM3 10h18M7 15h4",
        Icon::Pages => "M5 3h14v18H5zM9 8h6M9 12h6",
        Icon::Settings => "M4 6h10M18 6h2M4 12h2M10 12h10M4 18h8M16 18h4M14 4v4M6 10v4M12 16v4",
        Icon::More => "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6h-6z",
        Icon::Out => "M7 17 17 7M9 7h8v8",
    };
    view! {
        <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">
            <path d=lines></path>
        </svg>
    }
}
