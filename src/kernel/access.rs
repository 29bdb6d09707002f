//! Who may do what in a merchant's account: one table of role and permission.

use super::id::UserId;
use serde::{Deserialize, Serialize};

/// A team member's role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Owner,
    Staff,
    Viewer,
}

/// Something a person can be allowed to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    SeeDashboard,
    MoveOrders,
    EditPrices,
    AdjustStock,
    /// Products, their variants and the categories they stand in.
    EditProducts,
    /// Where is delivered to, and for how much.
    EditDelivery,
    /// What is taken off prices, for whom and from when.
    EditDiscounts,
    /// Name, looks, words, tax, address; opens the shop.
    EditStore,
    /// Invites people, gives and takes roles.
    ManageTeam,
    /// Puts received money where it belongs: on orders, to a customer's credit; records cash.
    HandleMoney,
    /// Gives money back.
    RefundMoney,
    /// Where the money goes.
    ManagePayments,
    /// Who did what.
    SeeAudit,
    /// Takes a person's data out, or away.
    ManageData,
    /// Names, tags, places and consent of those who buy, and groups of them.
    EditCustomers,
    /// Posts of the blog and plain pages.
    EditContent,
}

impl Permission {
    pub const ALL: [Self; 16] = [
        Self::SeeDashboard,
        Self::MoveOrders,
        Self::EditPrices,
        Self::AdjustStock,
        Self::EditProducts,
        Self::EditDelivery,
        Self::EditDiscounts,
        Self::EditStore,
        Self::ManageTeam,
        Self::HandleMoney,
        Self::RefundMoney,
        Self::ManagePayments,
        Self::SeeAudit,
        Self::ManageData,
        Self::EditCustomers,
        Self::EditContent,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SeeDashboard => "see_dashboard",
            Self::MoveOrders => "move_orders",
            Self::EditPrices => "edit_prices",
            Self::AdjustStock => "adjust_stock",
            Self::EditProducts => "edit_products",
            Self::EditDelivery => "edit_delivery",
            Self::EditDiscounts => "edit_discounts",
            Self::EditStore => "edit_store",
            Self::ManageTeam => "manage_team",
            Self::HandleMoney => "handle_money",
            Self::RefundMoney => "refund_money",
            Self::ManagePayments => "manage_payments",
            Self::SeeAudit => "see_audit",
            Self::ManageData => "manage_data",
            Self::EditCustomers => "edit_customers",
            Self::EditContent => "edit_content",
        }
    }
}

impl Role {
    pub const ALL: [Self; 3] = [Self::Owner, Self::Staff, Self::Viewer];

    /// The one table.
    pub const fn may(self, permission: Permission) -> bool {
        match permission {
            Permission::SeeDashboard => true,
            Permission::MoveOrders
            | Permission::EditPrices
            | Permission::AdjustStock
            | Permission::EditProducts
            | Permission::EditDelivery
            | Permission::EditDiscounts
            | Permission::HandleMoney
            | Permission::EditCustomers
            | Permission::EditContent => matches!(self, Self::Owner | Self::Staff),
            Permission::EditStore
            | Permission::ManageTeam
            | Permission::RefundMoney
            | Permission::ManagePayments
            | Permission::SeeAudit
            | Permission::ManageData => matches!(self, Self::Owner),
        }
    }
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Staff => "staff",
            Self::Viewer => "viewer",
        }
    }
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

/// On whose behalf something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Somebody on the shop's pages, not signed in.
    Shopper,
    /// A member of the merchant's team.
    Member { user: UserId, role: Role },
    /// The program itself: a job, a callback.
    Program,
}

impl Actor {
    /// A member as far as their role goes, the program always, a shopper never.
    pub const fn may(self, permission: Permission) -> bool {
        match self {
            Self::Member { role, .. } => role.may(permission),
            Self::Program => true,
            Self::Shopper => false,
        }
    }
    /// The person to name in a history, if there is one.
    pub const fn user(self) -> Option<UserId> {
        match self {
            Self::Member { user, .. } => Some(user),
            Self::Shopper | Self::Program => None,
        }
    }
    /// The word that a payment's audit has for it.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Member { .. } => "member",
            Self::Program => "program",
            Self::Shopper => "shopper",
        }
    }
}
