# Reads C++ headers in the style of this project and prints each public declaration on a line: SCOPE DECLARATION.
# Left out: bodies, initial values, what is private, namespace detail, macros. `sh cmake/public_names.sh` calls it.

# Joins the files: without comments, preprocessor lines, and what stands between quotes.
FNR == 1 { comment = 0; continued = 0 }
{
    line = $0
    directive = continued || line ~ /^[ \t]*#/
    continued = directive && line ~ /\\$/
    if (directive) next
    gsub(/'[^']'/, "''", line)
    gsub(/"([^"\\]|\\.)*"/, "\"\"", line)
    sub(/\/\/.*/, "", line)
    gsub(/\/\*[^*]*\*\//, "", line)
    text = text " " line
}

END {
    gsub(/\[\[[a-z_]+\]\]/, "", text)
    gsub(/[ \t]+/, " ", text)
    length_of_text = length(text)
    depth = 0
    scope[0] = ""
    visible[0] = 1
    kind[0] = "namespace"
    for (at = 1; at <= length_of_text; ++at) step(substr(text, at, 1))
}

function step(c) {
    if (declaration == "") value_at = 0
    if (c == "(") ++parentheses
    if (c == ")") --parentheses
    if (parentheses > 0 || c == ")") { declaration = declaration c; return }
    if (c == "=" && !value_at && declaration !~ /operator *[=<>!]*$/) value_at = length(declaration)
    if (c == ";") { end_declaration(); return }
    if (c == "{") { open_brace(); return }
    if (c == "}") { if (depth > 0) --depth; declaration = ""; return }
    if (c == ":" && kind[depth] == "class" && trimmed(declaration) ~ /^(public|protected|private)$/) {
        visible[depth] = visible[depth - 1] && trimmed(declaration) != "private"
        declaration = ""
        return
    }
    declaration = declaration c
}

function open_brace(    head, plain, body, members) {
    head = trimmed(declaration)
    plain = without_angles(head)
    if (head ~ /^(inline )?namespace/) {
        sub(/^(inline )?namespace ?/, "", head)
        open_scope("namespace", head, head != "" && head !~ /detail/)
    } else if (plain ~ /^(template )?enum /) {
        body = brace_group()
        gsub(/ = [^,}]+/, "", body)
        sub(/, *$/, "", body)
        print_name(head " { " trimmed(body) " }")
        declaration = ""
    } else if (plain ~ /^(template )?(class|struct|union) / && plain !~ /[()=]/) {
        print_name(head)
        members = plain ~ /(class) /
        sub(/^.*(class|struct|union) /, "", plain)
        sub(/ ?:.*/, "", plain)
        sub(/ final$/, "", plain)
        open_scope("class", trimmed(plain), !members)
    } else if (plain ~ /\) [^:]*: / || plain ~ /\) ?: /) {  # a constructor's members, then its body
        members = head ~ /[A-Za-z0-9_>]$/
        brace_group()
        declaration = declaration (members ? "{}" : "")
        if (!members) {
            match(head, /\)( [a-z]+)* : /)
            print_name(substr(head, 1, RSTART + RLENGTH - 4))
            declaration = ""
        }
    } else if (is_function(plain)) {
        brace_group()
        print_name(head)
        declaration = ""
    } else {
        brace_group()  # an initial value
    }
}

# Whether braces behind it are a body.
function is_function(plain) {
    if (plain !~ /\(/) return 0
    sub(/operator ?[=<>!]+/, "operator", plain)
    while (gsub(/\([^()]*\)/, "", plain)) continue
    return plain !~ /=/
}

function open_scope(what, name, shown) {
    ++depth
    kind[depth] = what
    scope[depth] = scope[depth - 1] (name == "" || name == "clade" ? "" : name "::")
    visible[depth] = visible[depth - 1] && shown
    declaration = ""
}

# Goes on to the brace that closes this one; gives what is between them.
function brace_group(    open, body, c) {
    open = 1
    body = ""
    while (++at <= length_of_text) {
        c = substr(text, at, 1)
        if (c == "{") ++open
        if (c == "}" && --open == 0) break
        body = body c
    }
    return body
}

function end_declaration(    name) {
    name = trimmed(declaration)
    if (value_at && name !~ /(^|> )using / && name !~ /\).*= (default|delete|0)$/) {
        name = trimmed(substr(declaration, 1, value_at))
    }
    declaration = ""
    # A forward declaration is no name of its own.
    if (name != "" && name !~ /^(friend|static_assert)/ && name !~ /^(enum )?(class|struct) [A-Za-z]+$/) print_name(name)
}

function print_name(name) {
    if (!visible[depth] || kind[depth] == "namespace" && depth == 0) return
    gsub(/(^| )inline /, " ", name)
    name = trimmed(name)
    print (scope[depth] == "" ? "clade" : "clade::" substr(scope[depth], 1, length(scope[depth]) - 2)) ": " name
}

function trimmed(value) {
    gsub(/ +/, " ", value)
    sub(/^ /, "", value)
    sub(/ $/, "", value)
    return value
}

function without_angles(value) {
    while (gsub(/<[^<>]*>/, "", value)) continue
    return trimmed(value)
}
