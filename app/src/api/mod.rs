//! Server functions: thin doors from the browser to the verbs. Each is a public endpoint and checks everything itself.

#[cfg(feature = "dash")]
pub mod dashboard;
#[cfg(feature = "ssr")]
pub mod storefront;

use duka::error::AppError;
use duka::kernel::{access::Role, field_errors::FieldErrors, locale::Locale};
use leptos::server_fn::{codec::JsonEncoding, error::FromServerFnError, error::ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why a server function did not do it, in the closed set that a page can react to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ApiError(pub AppError);

impl From<AppError> for ApiError {
    fn from(error: AppError) -> Self {
        Self(error)
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self(match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => AppError::Invalid(FieldErrors::none()),
            // The network, or an answer that is not ours.
            _ => AppError::TryAgain { retry_after_seconds: 5 },
        })
    }
}

/// Who is signed in, as far as pages show it. The middleware that resolves the session puts it beside the `Ctx`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    pub name: String,
    pub email: String,
    pub role: Role,
    pub locale: Locale,
    pub store_name: String,
    /// The address of the shop, for a link.
    pub store_url: String,
    /// Whether the merchant is suspended: every page says so.
    #[serde(default)]
    pub is_suspended: bool,
    /// Whether shoppers can enter; until then every page leads to the first steps.
    #[serde(default)]
    pub is_open: bool,
}

impl SignedIn {
    /// Nobody: while routes are listed, and when the session is over.
    pub fn nobody() -> Self {
        Self {
            name: String::new(),
            email: String::new(),
            role: Role::Viewer,
            locale: Locale::En,
            store_name: String::new(),
            store_url: String::new(),
            is_suspended: false,
            is_open: true,
        }
    }
}

#[cfg(feature = "ssr")]
mod on_the_server {
    use super::{ApiError, SignedIn};
    use duka::{
        ctx::Ctx,
        error::AppError,
        kernel::{access::Actor, locale::Locale},
        tenancy::member::Member,
    };
    use http::{StatusCode, header::ACCEPT, request::Parts};
    use leptos::prelude::use_context;
    use leptos_axum::ResponseOptions;

    /// An authorised call: on whose behalf, and the answer whose status tells machines how it ended.
    pub struct Door {
        pub ctx: Ctx,
        /// What the signed-in person reads.
        pub locale: Locale,
        answer: Option<ResponseOptions>,
    }

    /// Becomes the signed-in person. Call it before the first await.
    pub fn open() -> Result<Door, ApiError> {
        open_for(ctx())
    }

    /// The same for anybody on a shop's host.
    pub fn open_to_shoppers() -> Result<Door, ApiError> {
        open_for(visitor())
    }

    fn open_for(ctx: Result<Ctx, ApiError>) -> Result<Door, ApiError> {
        // A form posted without the bundle is answered by a redirect, which a status would break.
        let is_form = use_context::<Parts>().is_some_and(|parts| {
            parts
                .headers
                .get(ACCEPT)
                .and_then(|value| value.to_str().ok())
                .is_some_and(|accept| accept.contains("text/html"))
        });
        let answer = use_context::<ResponseOptions>().filter(|_| !is_form);
        let who = use_context::<Parts>().and_then(|parts| parts.extensions.get::<SignedIn>().cloned());
        let locale = who.map(|who| who.locale).unwrap_or_default();
        match ctx {
            Ok(ctx) => Ok(Door { ctx, locale, answer }),
            Err(error) => Err(said(answer.as_ref(), error.0)),
        }
    }

    impl Door {
        /// The end of the call.
        pub fn close<T>(self, end: Result<T, AppError>) -> Result<T, ApiError> {
            end.map_err(|error| said(self.answer.as_ref(), error))
        }
    }

    fn said(answer: Option<&ResponseOptions>, error: AppError) -> ApiError {
        if let Some(answer) = answer {
            answer.set_status(status(&error));
        }
        ApiError(error)
    }

    /// The status that machines understand.
    pub fn status(error: &AppError) -> StatusCode {
        match error {
            AppError::NotFound => StatusCode::NOT_FOUND,
            AppError::SignedOut => StatusCode::UNAUTHORIZED,
            AppError::NotPermitted => StatusCode::FORBIDDEN,
            AppError::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            AppError::TryAgain { .. } => StatusCode::SERVICE_UNAVAILABLE,
            AppError::Invalid(_) | AppError::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            AppError::ChangedMeanwhile => StatusCode::CONFLICT,
            AppError::Broken { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The signed-in person's surroundings.
    pub fn ctx() -> Result<Ctx, ApiError> {
        let here = of_request().filter(|ctx| matches!(ctx.actor, Actor::Member { .. }));
        here.ok_or(ApiError(AppError::SignedOut))
    }

    /// Anybody's surroundings on a shop's host; what they hold decides what they may see.
    fn visitor() -> Result<Ctx, ApiError> {
        let here = of_request().filter(|ctx| matches!(ctx.actor, Actor::Shopper));
        here.ok_or(ApiError(AppError::NotFound))
    }

    fn of_request() -> Option<Ctx> {
        use_context::<Parts>().and_then(|parts| parts.extensions.get::<Ctx>().cloned())
    }

    /// Runs a write in a task of its own, so that a browser that hangs up does not stop it half-way.
    pub async fn to_the_end<T, F>(verb: F) -> Result<T, AppError>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, AppError>> + Send + 'static,
    {
        tokio::spawn(verb).await.map_err(AppError::broken)?
    }

    impl SignedIn {
        /// What pages show of a member; `base_url` is the platform's.
        pub fn of(member: &Member, base_url: &str) -> Self {
            Self {
                name: member.name.clone(),
                email: member.email.clone(),
                role: member.role,
                locale: member.locale,
                store_name: member.store_name.clone(),
                store_url: duka::tenancy::address::shop_url(base_url, &member.store_slug),
                is_suspended: member.is_suspended,
                is_open: member.is_open,
            }
        }
    }
}

#[cfg(feature = "ssr")]
pub use on_the_server::{ctx, open, open_to_shoppers, status, to_the_end};
