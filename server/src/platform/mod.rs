//! The platform's own addresses: what Duka is, signing in, the dashboard, and the doors that providers knock on.

mod account;
mod c2b;
mod calls;
mod card_hook;
mod catalogue;
mod content;
mod customers;
mod dashboard;
mod deliveries;
mod delivery;
mod discounts;
mod domains;
mod download;
mod export;
mod front;
mod hooks;
mod import;
mod links;
mod new_product;
mod order_discount;
mod order_money;
mod orders;
mod page_pictures;
mod payments;
mod pictures;
mod product_pictures;
mod refunds;
mod session;
mod settings;
pub mod sheet;
mod sign_in;
mod sign_up;
mod start;
mod stock;

use crate::{
    doors::{Doors, Who},
    site,
    state::App,
};
use axum::{Router, middleware, routing::get};
use duka::kernel::access::Permission;

pub use calls::{CALL_FIELDS, server_functions};

/// What every member of a team may open.
const MEMBERS: Who = Who::Member(Permission::SeeDashboard);

/// Every page and form for people, with who may open it.
pub fn doors(app: App) -> Doors {
    let doors = Doors::new(app)
        .page("/", Who::Anybody, front::page)
        .page("/sw", Who::Anybody, front::page)
        .page("/sign-in", Who::Anybody, sign_in::page)
        .form("/sign-in", Who::Anybody, sign_in::sign_in)
        .page("/sw/sign-in", Who::Anybody, sign_in::page)
        .form("/sw/sign-in", Who::Anybody, sign_in::sign_in)
        .form("/sign-out", Who::Anybody, sign_in::sign_out)
        .page("/sign-up", Who::Anybody, sign_up::page)
        .page("/sw/sign-up", Who::Anybody, sign_up::page)
        .form("/sign-up", Who::Anybody, sign_up::sign_up)
        .form("/sw/sign-up", Who::Anybody, sign_up::sign_up)
        .page("/sign-up/address", Who::Anybody, sign_up::address)
        .page("/sw/sign-up/address", Who::Anybody, sign_up::address)
        .page("/dashboard/start", MEMBERS, start::page)
        .form("/dashboard/start/open", Who::Member(Permission::EditStore), start::open)
        .form("/dashboard/start/close", Who::Member(Permission::EditStore), start::close)
        .page("/dashboard/products/new", Who::Member(Permission::EditProducts), new_product::page)
        .form("/dashboard/products/new", Who::Member(Permission::EditProducts), new_product::add)
        .page("/dashboard/settings/delivery", MEMBERS, delivery::page)
        .form("/dashboard/settings/delivery", Who::Member(Permission::EditDelivery), delivery::add)
        .page("/dashboard/settings/delivery/try", MEMBERS, delivery::trial)
        .page("/dashboard/settings/delivery/{zone}", Who::Member(Permission::EditDelivery), delivery::area)
        .form("/dashboard/settings/delivery/{zone}", Who::Member(Permission::EditDelivery), delivery::change)
        .form("/dashboard/settings/delivery/{zone}/remove", Who::Member(Permission::EditDelivery), delivery::remove)
        .page("/dashboard/settings/domains", Who::Sure(Permission::EditStore), domains::page)
        .form("/dashboard/settings/domains", Who::Sure(Permission::EditStore), domains::add)
        .form("/dashboard/settings/domains/subdomain", Who::Sure(Permission::EditStore), domains::relocate)
        .form(
            "/dashboard/settings/domains/subdomain/primary",
            Who::Sure(Permission::EditStore),
            domains::choose_subdomain,
        )
        .form("/dashboard/settings/domains/{domain}/check", Who::Sure(Permission::EditStore), domains::check)
        .form("/dashboard/settings/domains/{domain}/primary", Who::Sure(Permission::EditStore), domains::choose)
        .form("/dashboard/settings/domains/{domain}/remove", Who::Sure(Permission::EditStore), domains::remove)
        .page("/dashboard/orders/{order}/discount", Who::Member(Permission::EditDiscounts), order_discount::page)
        .form("/dashboard/orders/{order}/discount", Who::Member(Permission::EditDiscounts), order_discount::give)
        .page("/dashboard", MEMBERS, dashboard::page)
        .page("/dashboard/{*rest}", MEMBERS, dashboard::page);
    let doors = deliveries::doors(customers::doors(content::doors(doors)));
    let doors = refunds::doors(orders::doors(order_money::doors(payments::doors(pictures_doors(doors)))));
    import::doors(stock::doors(catalogue::doors(settings::doors(account::doors(links::doors(discounts::doors(
        doors,
    )))))))
}

/// A product's pictures.
fn pictures_doors(doors: Doors) -> Doors {
    let editor = Who::Member(Permission::EditProducts);
    doors
        .page("/dashboard/products/{product}/pictures", editor, product_pictures::page)
        .form("/dashboard/products/{product}/pictures", editor, product_pictures::add)
        .page("/dashboard/products/{product}/pictures/{picture}", editor, product_pictures::picture)
        .form("/dashboard/products/{product}/pictures/{picture}", editor, product_pictures::change)
        .form("/dashboard/products/{product}/pictures/{picture}/place", editor, product_pictures::place)
        .form("/dashboard/products/{product}/pictures/{picture}/remove", editor, product_pictures::remove)
}

/// What providers call. They send no cookies, and none are read.
pub fn hooks(app: App) -> Doors {
    Doors::new(app)
        .form("/hooks/pay/{token}", Who::Provider, hooks::pay)
        .form("/hooks/ask/{token}/result", Who::Provider, hooks::ask_result)
        .form("/hooks/ask/{token}/timeout", Who::Provider, hooks::ask_timeout)
        .form("/hooks/c2b/{token}/validation", Who::Provider, c2b::validation)
        .form("/hooks/c2b/{token}/confirmation", Who::Provider, hooks::c2b_confirmation)
        .form("/hooks/card/{token}", Who::Provider, card_hook::event)
        .form("/hooks/delivery/{token}", Who::Provider, hooks::delivery)
        .form("/hooks/pull/{token}", Who::Provider, hooks::pull)
        .form("/hooks/refund/{token}/result", Who::Provider, hooks::refund_result)
        .form("/hooks/refund/{token}/timeout", Who::Provider, hooks::refund_timeout)
        .form("/hooks/sms/{token}", Who::Provider, hooks::sms)
}

/// The table of addresses. Only what is behind `session::enter` reads cookies.
pub fn routes(app: App) -> Router {
    let people = doors(app.clone())
        .into_router()
        .route("/api/{*function}", server_functions())
        .route("/media/{tenant}/{file}", get(pictures::picture))
        .method_not_allowed_fallback(front::only_a_form)
        .layer(middleware::from_fn_with_state(app.clone(), session::enter));
    hooks(app.clone())
        .into_router()
        .route("/s/{build}/{*file}", get(site::asset))
        .route("/favicon.ico", get(site::favicon))
        .route("/robots.txt", get(front::robots))
        .merge(people)
        .fallback(front::no_such_page)
        .with_state(app)
}
