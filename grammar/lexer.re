// SPDX-License-Identifier: MIT
// C's lexical rules, for re2c. lex() reads one lexeme from text that ends with a zero byte: a token kind, or one of
// the trivia and faults of read.h. The same rules serve the preprocessed text and the user's own bytes; line splices
// (backslash, newline) are therefore known inside words, numbers and strings too.
// Keywords are no rules here: they are words, and read/words.c looks them up.
#include "read/read.h"

int lex(Lexer *lexer)
{
    const char *marker;
    lexer->start = lexer->cursor;
    /*!re2c
    re2c:api:style = free-form;
    re2c:define:YYCTYPE = "unsigned char";
    re2c:define:YYCURSOR = lexer->cursor;
    re2c:define:YYMARKER = marker;
    re2c:yyfill:enable = 0;
    re2c:flags:unsafe = 0;

    end_of_line = "\r"? "\n";
    splice      = "\\" [ \t]* end_of_line;
    digit       = [0-9];
    hex         = [0-9a-fA-F];
    utf8        = [\xc2-\xdf] [\x80-\xbf]
                | [\xe0-\xef] [\x80-\xbf] [\x80-\xbf]
                | [\xf0-\xf4] [\x80-\xbf] [\x80-\xbf] [\x80-\xbf];
    universal   = "\\u" hex{4} | "\\U" hex{8};
    letter      = [a-zA-Z_$] | utf8 | universal;
    word        = letter (letter | digit | splice)*;
    number      = "."? digit ("'"? [a-zA-Z0-9_] | [eEpP] [+-] | "." | splice)*;
    encoding    = "u8" | "u" | "U" | "L";
    escape      = "\\" [^\x00\r\n] | splice;
    string      = encoding? "\"" ([^"\\\r\n\x00] | "\r" | escape)* "\"";
    character   = encoding? "'" ([^'\\\r\n\x00] | escape)+ "'";

    "\x00"                  { return lex_zero(lexer); }
    [ \t\v\f]+              { return LEX_SPACE; }
    "\r"                    { return LEX_SPACE; }
    splice                  { return LEX_SPLICE; }
    end_of_line             { return LEX_NEWLINE; }
    "/*"                    { return lex_comment(lexer); }
    "//" (splice | [^\r\n\x00])* { return LEX_COMMENT; }

    word                    { return T_IDENTIFIER; }
    number                  { return T_NUMBER; }
    string                  { return T_STRING; }
    character               { return T_CHARACTER; }
    encoding? "R\""         { return lex_raw_string(lexer); }
    encoding? "\""          { return lex_open(lexer, LEX_OPEN_STRING); }
    encoding? "'"           { return lex_open(lexer, LEX_OPEN_CHARACTER); }

    "("   { return T_LEFT_PAREN; }       ")"   { return T_RIGHT_PAREN; }
    "["   { return T_LEFT_BRACKET; }     "]"   { return T_RIGHT_BRACKET; }
    "{"   { return T_LEFT_BRACE; }       "}"   { return T_RIGHT_BRACE; }
    "<:"  { return T_LEFT_BRACKET; }     ":>"  { return T_RIGHT_BRACKET; }
    "<%"  { return T_LEFT_BRACE; }       "%>"  { return T_RIGHT_BRACE; }
    "#"   { return T_HASH; }             "%:"  { return T_HASH; }
    "."   { return T_DOT; }              "..." { return T_ELLIPSIS; }
    "->"  { return T_ARROW; }            "?"   { return T_QUESTION; }
    ":"   { return T_COLON; }            "::"  { return T_COLON_COLON; }
    ";"   { return T_SEMICOLON; }        ","   { return T_COMMA; }
    "++"  { return T_INCREMENT; }        "--"  { return T_DECREMENT; }
    "&&"  { return T_AND_AND; }          "||"  { return T_OR_OR; }
    "<<=" { return T_SHIFT_LEFT_ASSIGN; } ">>=" { return T_SHIFT_RIGHT_ASSIGN; }
    "<<"  { return T_SHIFT_LEFT; }       ">>"  { return T_SHIFT_RIGHT; }
    "<="  { return T_LESS_EQUAL; }       ">="  { return T_GREATER_EQUAL; }
    "=="  { return T_EQUAL; }            "!="  { return T_NOT_EQUAL; }
    "*="  { return T_STAR_ASSIGN; }      "/="  { return T_SLASH_ASSIGN; }
    "%="  { return T_PERCENT_ASSIGN; }   "+="  { return T_PLUS_ASSIGN; }
    "-="  { return T_MINUS_ASSIGN; }     "&="  { return T_AND_ASSIGN; }
    "^="  { return T_CARET_ASSIGN; }     "|="  { return T_OR_ASSIGN; }
    "<"   { return T_LESS; }             ">"   { return T_GREATER; }
    "="   { return T_ASSIGN; }           "!"   { return T_NOT; }
    "*"   { return T_STAR; }             "/"   { return T_SLASH; }
    "%"   { return T_PERCENT; }          "+"   { return T_PLUS; }
    "-"   { return T_MINUS; }            "&"   { return T_AND; }
    "^"   { return T_CARET; }            "|"   { return T_OR; }
    "~"   { return T_TILDE; }
    *                       { return T_UNKNOWN; }
    */
}
