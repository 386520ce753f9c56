# Words of the catalogue of roles and of each role's guide.

nav-roles = Role guides
roles-title = Roles
roles-lede = What can be followed here. What you have proven for one counts for all of them.
role-count-requirements =
    { $count ->
        [one] one requirement
       *[other] { $count } requirements
    }
role-count-areas =
    { $count ->
        [one] one area
       *[other] { $count } areas
    }
role-count-levels =
    { $count ->
        [one] one level
       *[other] { $count } levels
    }
role-ready = { $claimed } % ready
role-ready-level = for { $level } by what you have recorded, { $proven } % proven
role-read = Read the guide
role-read-named = Read the guide: { $role }
role-path = Open your path
role-path-named = Open your path: { $role }
role-start = Start this path
role-start-named = Start this path: { $role }

guide-title = Role guide: { $role }
guide-eyebrow =
    { $sources ->
        [one] version { $version }, { $origin } · facts from one source
       *[other] version { $version }, { $origin } · facts from { $sources } sources, each with its own
    }
guide-aliases = Also called: { $aliases }
guide-other-revision = Your path follows version { $pinned }; this is version { $shown }.
guide-on-this-page = On this page
guide-aside = Where you stand and where it leads
guide-source-named = Source { $source }
guide-says-both = { $source } says both

guide-part-work = What the work is
guide-part-ladder = The ladder
guide-part-pay = What it pays
guide-part-asks = What it asks
guide-part-roads = Where it leads
guide-part-prepare = Interviews and soft skills
guide-part-exams = Named exams
guide-part-resources = What to learn from
guide-part-ways-in = Ways in
guide-part-sides = The work and its two sides
guide-part-market = The market
guide-part-sources = Sources

guide-duties = Duties
guide-ladders = Other ladders
guide-seniority = What is asked by seniority
guide-soft-skills = Soft skills
guide-practice = Practice
guide-next-steps = Next steps, in order
guide-phases = Phases of learning
guide-gaps = Where people fall short
guide-specialisations = Specialisations
guide-education = Education
guide-growth = Growth
guide-openings = Openings
guide-market-now = The market now
guide-trends = Trends
guide-employers = Employers that are named
guide-sectors = Sectors
guide-setting = Place, rhythm, hours
guide-upsides = What speaks for it
guide-downsides = What speaks against it
guide-questions = Questions of newcomers
guide-ways-in = Ways in
guide-elsewhere = Working elsewhere

guide-years = { $from }–{ $to } years
guide-years-more = { $from }+ years
guide-ladder-hint = Years overlap where the source says so, and gate nothing.
guide-your-target = your target
guide-rung-ready = You: { $claimed } % claimed, { $proven } % proven up to here

guide-pay-unit = { $currency } a year
guide-pay-note = What sources say is shown side by side, never averaged.
guide-pay-never-counts = Pay never counts towards readiness.
guide-pay-legend = A dashed tail means “and more”; a dot is a single figure.
guide-pay-no-level = Without a level
guide-pay-places = By place
guide-pay-places-hint = Drawn by their worth in { $currency } as the source gives it
guide-pay-line = { $source } { $figure }
guide-pay-figure = { $figure } { $currency }
guide-pay-about = (about { $figure } USD)
guide-pay-median = median { $amount }
guide-pay-average = average { $amount }
guide-pay-over = over { $amount }
guide-pay-open = { $range }+
guide-pay-medians = { $range } (medians)
guide-pay-range = { $low }–{ $high }
guide-pay-thousands = { $amount }k
guide-pay-millions = { $amount }M
guide-pay-apart = No overlap between { $lower } and { $upper }: { $top } is the top of the one, { $floor } the floor of the other.
guide-pay-floors = The floors lie apart: { $lowest } ({ $of }) and { $highest } ({ $and }).
guide-pay-within = { $source } disagrees with itself: { $figure } lies outside of its own { $range }.
guide-pay-table = The same as a table
guide-pay-col-level = Level
guide-pay-col-source = Source
guide-pay-col-word = Its own word
guide-pay-col-figure = A year
guide-pay-col-place = Place and time

guide-next-hint = With where you stand.
guide-next-hint-empty = Follow the role and each step shows where you stand.
guide-gaps-hint = Common gaps that the sources name.
guide-you = you: { $claimed } %
guide-ready = { $claimed } % ready
guide-not-installed = no guide here
guide-roads-up = Upwards
guide-roads-sideways = Sideways
guide-roads-related = Related
guide-roads-label = Roads from { $role } to other roles; the list below has the same
guide-roads-key = A filled stop has a guide here; dashed roads lead to related roles.

guide-asks-own = Each leads to its place on your path.
guide-asks-hint = Levels up to your target count; nothing else gates them.
guide-asks-texts = Read what each of them asks
guide-asks-title = What { $role } asks
guide-asks-state = { $begun } begun, { $proven } proven
guide-kind-certification = certificate
guide-kind-topic = interview topic
guide-kind-project =
    { $count ->
        [one] project, one criterion
       *[other] project, { $count } criteria
    }
guide-resources-documentation = Documentation and standards
guide-resources-books = Books
guide-resources-courses = Courses
guide-resources-practice = Practice
guide-resources-communities = Communities
guide-exams-checked = Looked through on { $day }
guide-exam-valid =
    { $months ->
        [one] valid for one month
       *[other] valid for { $months } months
    }
guide-sources-hint = With what we know of their faults.
