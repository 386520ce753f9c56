//! Where a letter's links lead. They are made from the configured base URL only, never from a request.

/// The patterns below the base URL that letters link to; `{…}` stands for one segment. The routes of the pages must have
/// them all.
pub const LINKS: &[&str] = &[
    "/",
    "/paths/{path}",
    "/paths/{path}/requirements/{requirement}",
    "/practice",
    "/together",
    "/cohorts/{cohort}/sharing",
    "/settings/digest",
    "/settings/mentor-digest",
    "/queue",
    "/cohorts/{cohort}",
    "/cohorts/{cohort}/learners/{person}",
    "/unsubscribe/{token}",
];

/// Makes links below a base URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    base: String,
}

impl Links {
    /// `https://school.example/waymark`, with or without a slash at the end.
    pub fn new(base_url: &str) -> Self {
        Self { base: base_url.trim_end_matches('/').to_owned() }
    }

    pub fn base(&self) -> &str {
        &self.base
    }

    pub fn today(&self) -> String {
        format!("{}/", self.base)
    }

    pub fn path(&self, path: &str) -> String {
        format!("{}/paths/{}", self.base, segment(path))
    }

    pub fn requirement(&self, path: &str, requirement: &str) -> String {
        format!("{}/requirements/{}", self.path(path), segment(requirement))
    }

    pub fn practice(&self) -> String {
        format!("{}/practice", self.base)
    }

    pub fn together(&self) -> String {
        format!("{}/together", self.base)
    }

    pub fn sharing(&self, cohort: &str) -> String {
        format!("{}/sharing", self.cohort(cohort))
    }

    pub fn digest_settings(&self) -> String {
        format!("{}/settings/digest", self.base)
    }

    pub fn mentor_digest_settings(&self) -> String {
        format!("{}/settings/mentor-digest", self.base)
    }

    pub fn queue(&self) -> String {
        format!("{}/queue", self.base)
    }

    pub fn cohort(&self, cohort: &str) -> String {
        format!("{}/cohorts/{}", self.base, segment(cohort))
    }

    pub fn learner(&self, cohort: &str, person: &str) -> String {
        format!("{}/learners/{}", self.cohort(cohort), segment(person))
    }

    pub fn unsubscribe(&self, token: &str) -> String {
        format!("{}/unsubscribe/{}", self.base, segment(token))
    }
}

/// Percent-encodes all but RFC 3986's unreserved characters.
fn segment(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
        out
    })
}
