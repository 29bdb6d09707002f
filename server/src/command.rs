//! The verbs of the program and their options.

use crate::commands::{callbacks, customer, doctor, export, import, job, keys, migrate, seed, serve, tenant};
use clap::{Args, Parser, Subcommand, ValueEnum};
use duka::tenancy::standing::TenantStatus;
use std::path::PathBuf;

/// Online shops for Kenyan merchants: one program and Postgres.
#[derive(Debug, Parser)]
#[command(name = "duka", version, about, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the shops, the dashboard and the worker until it is told to stop.
    Serve {
        /// What this process does.
        #[arg(long, value_enum, default_value_t = Role::All)]
        role: Role,
        /// Makes the demo merchants, and lets this machine try as often as it likes.
        #[arg(long)]
        demo: bool,
    },
    /// Brings the schema up to date, as the owner role.
    Migrate,
    /// Makes the demo merchants; running it again changes nothing.
    Demo,
    /// Brings products in from a file: a report per row, nothing half done.
    Import {
        /// The store, by the label in its address.
        #[arg(long, value_name = "SLUG")]
        store: String,
        /// Whose columns the file has; without it they tell themselves.
        #[arg(long, value_enum)]
        format: Option<Format>,
        /// Multiplies foreign prices and rounds them to whole shillings.
        #[arg(long, value_name = "N")]
        rate: Option<String>,
        /// Reports and writes nothing.
        #[arg(long)]
        dry_run: bool,
        file: PathBuf,
    },
    /// Takes everything that a store sells out, in files that import again.
    Export {
        /// The store, by the label in its address.
        #[arg(long, value_name = "SLUG")]
        store: String,
        /// A folder for `products.csv` and its pictures.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Checks settings, roles, schema and providers; says what is wrong.
    Doctor,
    /// Merchants.
    #[command(subcommand)]
    Tenant(Tenant),
    /// A shopper's personal data at one merchant.
    #[command(subcommand)]
    Customer(Customer),
    /// What payment providers told us.
    #[command(subcommand)]
    Callbacks(Callbacks),
    /// The key that protects the merchants' secrets.
    #[command(subcommand)]
    Keys(Keys),
    /// Background jobs.
    #[command(subcommand)]
    Job(Job),
}

#[derive(Debug, Subcommand)]
enum Customer {
    /// Prints everything that is kept of a person, as JSON.
    Export(Whom),
    /// Takes a person's data away at once, also while an order of theirs is open; amounts, tax and order numbers stay.
    Erase(Whom),
}

#[derive(Debug, Args)]
struct Whom {
    /// The store, by the label in its address.
    #[arg(long, value_name = "SLUG")]
    store: String,
    /// The person's phone number, in any spelling.
    #[arg(long)]
    phone: String,
}

#[derive(Debug, Subcommand)]
enum Callbacks {
    /// Settles stored callbacks that are open again; safe to run at any time.
    Replay {
        /// First stores what came while the database was away and waits on this machine's disk.
        #[arg(long)]
        spool: bool,
    },
}

#[derive(Debug, Subcommand)]
enum Keys {
    /// Makes a new master key and wraps every merchant's key with it; safe to stop and run again.
    Rotate,
}

#[derive(Debug, Subcommand)]
enum Tenant {
    /// A new merchant with a store and its owner, whose password is printed once.
    Create {
        /// What the store is called.
        #[arg(long)]
        name: String,
        /// The label in front of the platform's address.
        #[arg(long, value_name = "SLUG")]
        store_slug: String,
        #[arg(long, value_name = "EMAIL")]
        owner_email: String,
    },
    /// Closes a merchant's shops to shoppers; nothing is lost and the team may still sign in.
    Suspend {
        /// One of the merchant's stores, by the label in its address.
        #[arg(long, value_name = "SLUG")]
        store: String,
    },
    /// Lets shoppers in again.
    Resume {
        #[arg(long, value_name = "SLUG")]
        store: String,
    },
}

#[derive(Debug, Subcommand)]
enum Job {
    /// The jobs that wait, oldest first.
    List,
    /// Runs one kind of work once, now.
    Run {
        /// `sweep`; `hourly`; `check_stock`; `close_day`; `renew_search`; `renew_sitemaps`; `forget_old`; `given_up` for every job that was tried as often as it may be; or `due` for every job whose time has come.
        name: String,
        /// Only for this merchant, where the work is done merchant by merchant.
        #[arg(long, value_name = "ID")]
        tenant: Option<String>,
    },
}

/// What a process does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Role {
    All,
    Web,
    Worker,
}

impl Role {
    pub const fn is_web(self) -> bool {
        matches!(self, Self::All | Self::Web)
    }
    pub const fn is_worker(self) -> bool {
        matches!(self, Self::All | Self::Worker)
    }
}

/// Whose way of writing products down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Shopify,
    Woocommerce,
    Duka,
}

/// Does what was asked for.
pub fn run(cli: Cli) -> anyhow::Result<()> {
    crate::log::start()?;
    // A page takes its thread for a moment to be drawn; two cores alone would let others wait for it.
    let threads = std::thread::available_parallelism().map_or(4, usize::from).max(4);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build()?;
    runtime.block_on(async {
        match cli.command {
            Command::Serve { role, demo } => serve::run(role, demo).await,
            Command::Migrate => migrate::run().await,
            Command::Demo => seed::run().await,
            Command::Import { store, format, rate, dry_run, file } => {
                import::run(import::Order { store, format, rate, dry_run, file }).await
            }
            Command::Export { store, out } => export::run(&store, out).await,
            Command::Doctor => doctor::run().await,
            Command::Tenant(Tenant::Create { name, store_slug, owner_email }) => {
                tenant::create(&name, &store_slug, &owner_email).await
            }
            Command::Customer(Customer::Export(whom)) => customer::take_out(&whom.store, &whom.phone).await,
            Command::Customer(Customer::Erase(whom)) => customer::take_away(&whom.store, &whom.phone).await,
            Command::Callbacks(Callbacks::Replay { spool }) => callbacks::replay(spool).await,
            Command::Keys(Keys::Rotate) => keys::run().await,
            Command::Tenant(Tenant::Suspend { store }) => tenant::stand(&store, TenantStatus::Suspended).await,
            Command::Tenant(Tenant::Resume { store }) => tenant::stand(&store, TenantStatus::Active).await,
            Command::Job(Job::List) => job::list().await,
            Command::Job(Job::Run { name, tenant }) => job::run(&name, tenant.as_deref()).await,
        }
    })
}
