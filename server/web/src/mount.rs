//! The table becomes routes of actix.
//!
//! actix compares a request with one pattern after another, and the table has hundreds. So what begins with the same segment
//! shares a scope, and what goes on with the same one a scope in it: a request is compared with some dozens.

use actix_web::dev::HttpServiceFactory;
use actix_web::middleware::from_fn;
use actix_web::{HttpRequest, Scope, guard, web};

use crate::base::BaseUrl;
use crate::errors::Error;
use crate::gate;
use crate::route::{Asked, Route, Verb};

/// Registers a table below the base path. Entries of one pattern become one resource, so that a known path asked with
/// another method is told so.
pub fn mount(config: &mut web::ServiceConfig, base: &BaseUrl, table: &[&'static Route]) {
    let mut patterns: Vec<&'static str> = Vec::new();
    for route in table {
        if !patterns.contains(&route.pattern) {
            patterns.push(route.pattern);
        }
    }
    for node in tree(&patterns, 0) {
        match node {
            Node::Pattern { whole, rest } => config.service(resource(&format!("{}{rest}", base.path()), whole, table)),
            Node::Below { segment, nodes } => config.service(scope(&format!("{}{segment}", base.path()), nodes, table)),
        };
    }
    if !base.path().is_empty() {
        let home = format!("{}/", base.path());
        config.service(web::resource(base.path().to_owned()).to(move || {
            let home = home.clone();
            async move { actix_web::HttpResponse::PermanentRedirect().insert_header(("Location", home)).finish() }
        }));
    }
    config.default_service(web::to(not_there));
}

/// What stands below a prefix.
#[derive(Debug, PartialEq, Eq)]
enum Node {
    /// A pattern, and what of it comes after the prefix.
    Pattern { whole: &'static str, rest: &'static str },
    /// Several that go on with the same segment, its slash before it.
    Below { segment: &'static str, nodes: Vec<Node> },
}

/// Sorts patterns that begin with the same `from` bytes by their next segment: words before parameters, else in the order
/// of the table. A scope that was entered is not left again, so a parameter that may hold slashes opens none.
fn tree(patterns: &[&'static str], from: usize) -> Vec<Node> {
    let mut groups: Vec<(&'static str, Vec<&'static str>)> = Vec::new();
    for &whole in patterns {
        let segment = segment(&whole[from..]);
        match groups.iter_mut().find(|(known, _)| *known == segment && !segment.is_empty()) {
            Some((_, group)) => group.push(whole),
            None => groups.push((segment, vec![whole])),
        }
    }
    groups.sort_by_key(|(segment, group)| {
        let first = if segment.is_empty() { &group[0][from..] } else { segment };
        first.contains('{')
    });
    let node = |(segment, group): (&'static str, Vec<&'static str>)| match group.as_slice() {
        [whole] => Node::Pattern { whole, rest: &whole[from..] },
        several => Node::Below { segment, nodes: tree(several, from + segment.len()) },
    };
    groups.into_iter().map(node).collect()
}

/// `/cohorts` of `/cohorts/{cohort}/board`; nothing of what ends here or holds slashes.
fn segment(rest: &'static str) -> &'static str {
    let Some(name) = rest.strip_prefix('/') else { return "" };
    let segment = &rest[..1 + name.find('/').unwrap_or(name.len())];
    if segment == "/" || segment.contains(':') { "" } else { segment }
}

fn scope(path: &str, nodes: Vec<Node>, table: &[&'static Route]) -> Scope {
    nodes.into_iter().fold(web::scope(path), |above, node| match node {
        Node::Pattern { whole, rest } => above.service(resource(rest, whole, table)),
        Node::Below { segment, nodes } => above.service(scope(segment, nodes, table)),
    })
}

fn resource(path: &str, pattern: &'static str, table: &[&'static Route]) -> impl HttpServiceFactory + 'static {
    let mut resource = web::resource(path.to_owned());
    let mut allowed: Vec<&'static str> = Vec::new();
    for route in table.iter().copied().filter(|route| route.pattern == pattern) {
        let made =
            web::to(move |request: HttpRequest, payload: web::Payload| (route.handler)(Asked { request, payload: payload.into_inner() }));
        let made = match route.method {
            Verb::Get => made.guard(guard::Any(guard::Get()).or(guard::Head())),
            verb => made.guard(guard::Method(verb.method())),
        };
        resource = resource.route(made.wrap(from_fn(move |request, next| gate::pass(route, request, next))));
        allowed.push(match route.method {
            Verb::Get => "GET, HEAD",
            Verb::Post => "POST",
            Verb::Put => "PUT",
            Verb::Patch => "PATCH",
            Verb::Delete => "DELETE",
        });
    }
    let allowed = allowed.join(", ");
    resource.default_service(web::to(move || {
        let allowed = allowed.clone();
        async move { Err::<actix_web::HttpResponse, Error>(Error::WrongMethod { allowed }) }
    }))
}

async fn not_there(_: HttpRequest) -> Result<actix_web::HttpResponse, Error> {
    Err(Error::NotThere("page"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(nodes: &[Node]) -> String {
        let one = |node: &Node| match node {
            Node::Pattern { rest, .. } => format!("{rest:?}"),
            Node::Below { segment, nodes } => format!("{segment}[{}]", shape(nodes)),
        };
        nodes.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_begins_alike_is_below_it_words_before_parameters() {
        let patterns = [
            "/",
            "/cohorts",
            "/cohorts/{cohort}",
            "/cohorts/{cohort}/plan",
            "/cohorts/{cohort}/plan/weeks",
            "/cohorts/new",
            "/search",
            "/roles/{role:.+}/readiness",
            "/roles/{role:.+}",
            "/roles",
        ];
        let expected =
            r#""/" /cohorts["" "/new" /{cohort}["" /plan["" "/weeks"]]] "/search" /roles["" "/{role:.+}/readiness" "/{role:.+}"]"#;
        assert_eq!(shape(&tree(&patterns, 0)), expected);
    }

    /// Else a request of one would be answered by the scope of the other.
    #[test]
    fn no_two_parameters_of_the_table_stand_in_one_place() {
        fn check(nodes: &[Node]) {
            let of = |node: &Node| match node {
                Node::Pattern { rest, .. } => segment(rest),
                Node::Below { segment, .. } => *segment,
            };
            let parameters: Vec<&str> = nodes.iter().map(of).filter(|segment| segment.contains('{')).collect();
            assert!(parameters.len() <= 1, "{parameters:?}");
            nodes.iter().for_each(|node| {
                if let Node::Below { nodes, .. } = node {
                    check(nodes)
                }
            });
        }
        let patterns: Vec<&'static str> = crate::routes::table().iter().map(|route| route.pattern).collect();
        let mut unique = Vec::new();
        patterns.into_iter().for_each(|pattern| {
            if !unique.contains(&pattern) {
                unique.push(pattern)
            }
        });
        assert!(unique.len() > 200);
        check(&tree(&unique, 0));
    }
}
