//! A small role in three revisions.

use super::{Waymark, put_role_of};

pub const ROLE: &str = "acme/roles/keeper";

const FIRST: &str = r#"
format = 1
id = "acme/roles/keeper"
version = "1.0.0"
name = "Keeper"
summary = "Keeps what others made."
levels = [{ id = "junior", name = "Junior" }, { id = "keeper", name = "Keeper" }, { id = "senior", name = "Senior" }]
groups = [
    { id = "craft", name = "Craft" },
    { id = "languages", name = "Languages", parent = "craft", need = 1, weight = 20 },
]

[[requirements]]
id = "git-basics"
name = "Version control"
group = "craft"
level = "junior"
hours = 10
skill = "git"
step = "working"
asks = "Keep history."

[[requirements]]
id = "rust-lang"
name = "Rust"
group = "languages"
level = "junior"
hours = 100
skill = "rust"
step = "working"
asks = "Write some."

[[requirements]]
id = "go-lang"
name = "Go"
group = "languages"
level = "junior"
hours = 80
skill = "go"
step = "working"
asks = "Write some."

[[requirements]]
id = "sql-basics"
name = "SQL"
group = "craft"
level = "keeper"
hours = 40
skill = "sql"
step = "working"
asks = "Ask a database."

[[requirements]]
id = "containers"
name = "Containers"
group = "craft"
level = "keeper"
hours = 30
skill = "docker"
step = "working"
asks = "Pack one."
"#;

/// Go and containers go, Python comes, SQL moves down and weighs more, Git is asked at a higher step, and the second level
/// has another id.
fn second() -> String {
    FIRST
        .replace("1.0.0", "2.0.0")
        .replace("id = \"go-lang\"\nname = \"Go\"", "id = \"python-lang\"\nname = \"Python\"")
        .replace("skill = \"go\"", "skill = \"python\"")
        .replace("skill = \"git\"\nstep = \"working\"", "skill = \"git\"\nstep = \"independent\"")
        .replace("level = \"keeper\"\nhours = 40", "level = \"junior\"\nweight = 20\nhours = 40")
        .replace("id = \"keeper\"", "id = \"engineer\"")
        .split("[[requirements]]\nid = \"containers\"")
        .next()
        .unwrap()
        .to_owned()
        + "\n[[requirements]]\nid = \"shells\"\nname = \"Shells\"\ngroup = \"craft\"\nlevel = \"engineer\"\nhours = 5\nskill = \"linux\"\nstep = \"aware\"\nasks = \"Open one.\"\n"
}

impl Waymark {
    pub fn first(&self) {
        put_role_of(&self.store, FIRST);
    }

    pub fn second(&self) {
        put_role_of(&self.store, &second());
    }

    pub fn third(&self) {
        put_role_of(&self.store, &second().replace("2.0.0", "3.0.0"));
    }
}
