//! Tables, rules and rights in memory, in the words of Postgres's own catalogue.

use sqlx::FromRow;

/// Everything the tests judge, read in one go.
#[derive(Clone, Debug)]
pub struct Catalogue {
    pub relations: Vec<Relation>,
    pub columns: Vec<Column>,
    pub constraints: Vec<Constraint>,
    pub indexes: Vec<Index>,
    pub policies: Vec<Policy>,
    pub grants: Vec<Grant>,
    pub functions: Vec<Function>,
    pub triggers: Vec<Trigger>,
    pub roles: Vec<Role>,
    pub schemas: Vec<SchemaRight>,
    pub enum_types: Vec<String>,
}

/// A table, partition, view or anything else that has rows.
#[derive(Clone, Debug, FromRow)]
pub struct Relation {
    pub name: String,
    /// As in `pg_class`: r table, p partitioned table, v view, m materialised view, f foreign table, S sequence.
    pub kind: String,
    /// The table a partition belongs to.
    pub parent: Option<String>,
    pub owner: String,
    pub has_row_security: bool,
    pub is_forced: bool,
    pub options: Vec<String>,
    pub comment: Option<String>,
}

impl Relation {
    /// Holds rows of its own, as a table or a partition of one.
    pub fn is_table(&self) -> bool {
        matches!(self.kind.as_str(), "r" | "p")
    }
    pub const fn is_partition(&self) -> bool {
        self.parent.is_some()
    }
    pub fn is_view(&self) -> bool {
        self.kind == "v"
    }
}

#[derive(Clone, Debug, FromRow)]
pub struct Column {
    pub relation: String,
    pub name: String,
    pub type_name: String,
    pub is_required: bool,
    pub has_default: bool,
    pub is_generated: bool,
}

/// A check, key or foreign key that was declared on the table itself, not inherited from a parent.
#[derive(Clone, Debug, FromRow)]
pub struct Constraint {
    pub relation: String,
    pub name: String,
    /// As in `pg_constraint`: p primary key, u unique, f foreign key, c check, x exclusion.
    pub kind: String,
    pub columns: Vec<String>,
    pub target: Option<String>,
    pub target_columns: Vec<String>,
    /// What deleting the parent does: a nothing, r restrict, c cascade, n set null, d set default.
    pub on_delete: Option<String>,
    /// The columns that deleting the parent empties; none listed means all.
    pub emptied_columns: Vec<String>,
    pub is_validated: bool,
    pub definition: String,
}

#[derive(Clone, Debug, FromRow)]
pub struct Index {
    pub relation: String,
    pub name: String,
    pub is_unique: bool,
    pub is_valid: bool,
    pub method: String,
    /// Key columns in order, without those only included; an expression stands as its text.
    pub columns: Vec<String>,
    pub condition: Option<String>,
}

#[derive(Clone, Debug, FromRow)]
pub struct Policy {
    pub relation: String,
    pub name: String,
    pub is_permissive: bool,
    pub command: String,
    pub roles: Vec<String>,
    pub reads: Option<String>,
    pub writes: Option<String>,
}

/// A right that somebody other than the owner has on a relation or on one of its columns.
#[derive(Clone, Debug, FromRow)]
pub struct Grant {
    pub relation: String,
    pub column: Option<String>,
    pub grantee: String,
    pub privilege: String,
    pub may_pass_on: bool,
}

/// A function of the schema that no extension brought.
#[derive(Clone, Debug, FromRow)]
pub struct Function {
    pub signature: String,
    pub owner: String,
    pub is_definer: bool,
    pub settings: Vec<String>,
    /// Who may call it, the owner left out; PUBLIC by that name.
    pub callers: Vec<String>,
    pub comment: Option<String>,
}

#[derive(Clone, Debug, FromRow)]
pub struct Trigger {
    pub relation: String,
    pub name: String,
}

#[derive(Clone, Debug, FromRow)]
pub struct Role {
    pub name: String,
    pub is_superuser: bool,
    pub bypasses_row_security: bool,
    pub creates_roles: bool,
    pub creates_databases: bool,
    pub replicates: bool,
    pub signs_in: bool,
    pub inherits: bool,
    /// Roles whose rights it can take, directly or not.
    pub member_of: Vec<String>,
}

/// What a role may do with a schema that is not Postgres's own.
#[derive(Clone, Debug, FromRow)]
pub struct SchemaRight {
    pub schema: String,
    pub grantee: String,
    pub privilege: String,
}

impl Catalogue {
    pub fn tables(&self) -> impl Iterator<Item = &Relation> {
        self.relations.iter().filter(|relation| relation.is_table())
    }
    pub fn relation(&self, name: &str) -> Option<&Relation> {
        self.relations.iter().find(|relation| relation.name == name)
    }
    pub fn columns_of<'a>(&'a self, relation: &'a str) -> impl Iterator<Item = &'a Column> {
        self.columns.iter().filter(move |column| column.relation == relation)
    }
    pub fn column<'a>(&'a self, relation: &'a str, name: &'a str) -> Option<&'a Column> {
        self.columns_of(relation).find(|column| column.name == name)
    }
    pub fn foreign_keys_of<'a>(&'a self, relation: &'a str) -> impl Iterator<Item = &'a Constraint> {
        self.constraints.iter().filter(move |rule| rule.kind == "f" && rule.relation == relation)
    }
    pub fn checks_of<'a>(&'a self, relation: &'a str, column: &'a str) -> impl Iterator<Item = &'a Constraint> {
        self.constraints.iter().filter(move |rule| {
            rule.kind == "c" && rule.relation == relation && rule.columns.iter().any(|name| name == column)
        })
    }
    /// The columns of a relation on which a role has a right, or whether it has the right on the whole relation.
    pub fn granted_columns(&self, relation: &str, role: &str, privilege: &str) -> Vec<&str> {
        self.grants
            .iter()
            .filter(|grant| grant.relation == relation && grant.grantee == role && grant.privilege == privilege)
            .filter_map(|grant| grant.column.as_deref())
            .collect()
    }
    pub fn is_granted(&self, relation: &str, role: &str, privilege: &str) -> bool {
        self.grants.iter().any(|grant| {
            grant.relation == relation
                && grant.grantee == role
                && grant.privilege == privilege
                && grant.column.is_none()
        })
    }
}
