# Words of the search.

search-title = Search
search-label = Search requirements, notes, questions, skills and resources
search-short = Search
search-example = docker, résumé, rate limit …
search-do = Search
search-hint = All words have to fit, each as the beginning of a word. Case and accents do not matter. Press / on any page to come here.
search-results = What was found
search-count =
    { $count ->
        [one] One result.
       *[other] { $count } results.
    }
search-nothing = Nothing fits “{ $words }”.
search-more =
    { $count ->
        [one] One more
       *[other] { $count } more
    }
search-first-of = the first { $shown } of { $count }
search-all-kinds = Look everywhere
search-kind-requirement = Requirements
search-kind-note = Your notes and evidence
search-kind-question = Interview questions
search-kind-skill = Catalogue
search-kind-resource = To learn from
search-subject-skill = skill
search-subject-criterion = criterion of projects
search-subject-certification = certification
search-subject-topic = interview topic
search-own-path = on your path
search-in-guide = in the role guide
search-roles = { $count } roles
search-tips-title = What can be found here
search-tips = Requirements of every role, whether you follow it or not; your own notes and links, and the titles, notes and links of your ledger; interview questions and your own cards; the skills, criteria, certifications and topics of the catalogue; and what to learn from. What others wrote is never found.
