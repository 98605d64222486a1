#line 1 "places.aco"



enum color { RED, BLUE = RED + 4 };
_Static_assert(__builtin_types_compatible_p(__typeof__(RED), int) && sizeof(RED) == 4 && (RED) == 0, "4:14");
_Static_assert(__builtin_types_compatible_p(__typeof__(BLUE), int) && sizeof(BLUE) == 4 && (BLUE) == 4, "4:19");
_Static_assert(__builtin_types_compatible_p(__typeof__(RED + 4), int) && sizeof(RED + 4) == 4 && (RED + 4) == 4, "4:26");
_Static_assert(__builtin_types_compatible_p(__typeof__(RED), int) && sizeof(RED) == 4 && (RED) == 0, "4:26");
_Static_assert(__builtin_types_compatible_p(__typeof__(4), int) && sizeof(4) == 4 && (4) == 4, "4:32");
#line 5
struct bits { unsigned flag : 1; struct { int inner; } part; int rest[BLUE]; };
_Static_assert(sizeof(struct bits) == 24 && _Alignof(struct bits) == 4 && __builtin_offsetof(struct bits, part) == 4 && __builtin_offsetof(struct bits, rest) == 8, "5:1");
_Static_assert(__builtin_types_compatible_p(__typeof__(1), int) && sizeof(1) == 4 && (1) == 1, "5:31");
_Static_assert(sizeof(__typeof__(((struct bits *)0)->part)) == 4 && _Alignof(__typeof__(((struct bits *)0)->part)) == 4 && __builtin_offsetof(__typeof__(((struct bits *)0)->part), inner) == 0, "5:34");
_Static_assert(__builtin_types_compatible_p(__typeof__(BLUE), int) && sizeof(BLUE) == 4 && (BLUE) == 4, "5:71");
#line 6
int table[] = { [2] = 1 };
_Static_assert(__builtin_types_compatible_p(__typeof__(1), int) && sizeof(1) == 4 && (1) == 1, "6:23");
_Static_assert(__builtin_types_compatible_p(__typeof__(2), int) && sizeof(2) == 4 && (2) == 2, "6:18");

#line 8
int places(struct bits *b, int n, int extents[n + 1])
{
    __label__ out;
_Static_assert(__builtin_types_compatible_p(__typeof__(n + 1), int) && sizeof(n + 1) == 4, "8:47");
_Static_assert(__builtin_types_compatible_p(__typeof__(&(n)), int *) && sizeof(n) == 4, "8:47");
_Static_assert(__builtin_types_compatible_p(__typeof__(1), int) && sizeof(1) == 4 && (1) == 1, "8:51");
#line 11
    int copy = n;
_Static_assert(__builtin_types_compatible_p(__typeof__(&(n)), int *) && sizeof(n) == 4, "11:16");
#line 12
    for (int i = 0; i < n; i++)
        {
_Static_assert(__builtin_types_compatible_p(__typeof__(0), int) && sizeof(0) == 4 && (0) == 0, "12:18");
_Static_assert(__builtin_types_compatible_p(__typeof__(i < n), int) && sizeof(i < n) == 4, "12:21");
_Static_assert(__builtin_types_compatible_p(__typeof__(&(i)), int *) && sizeof(i) == 4, "12:21");
_Static_assert(__builtin_types_compatible_p(__typeof__(&(n)), int *) && sizeof(n) == 4, "12:25");
_Static_assert(__builtin_types_compatible_p(__typeof__(i++), int) && sizeof(i++) == 4, "12:28");
_Static_assert(__builtin_types_compatible_p(__typeof__(&(i)), int *) && sizeof(i) == 4, "12:28");
_Static_assert(__builtin_types_compatible_p(__typeof__(copy += table[i]), int) && sizeof(copy += table[i]) == 4, "13:9");
_Static_assert(__builtin_types_compatible_p(__typeof__(&(copy)), int *) && sizeof(copy) == 4, "13:9");
_Static_assert(__builtin_types_compatible_p(__typeof__(&(table[i])), int *) && sizeof(table[i]) == 4, "13:17");
_Static_assert(__builtin_types_compatible_p(__typeof__(&(table)), int (*)[3]) && sizeof(table) == 12, "13:17");
_Static_assert(__builtin_types_compatible_p(__typeof__(&(i)), int *) && sizeof(i) == 4, "13:23");
#line 13
copy += table[i];}
_Static_assert(__builtin_types_compatible_p(__typeof__(&(n)), int *) && sizeof(n) == 4, "14:9");
#line 14
if (n)
        {
_Static_assert(__builtin_types_compatible_p(__typeof__(&(b)), struct bits **) && sizeof(b) == 8, "15:9");
_Static_assert(__builtin_types_compatible_p(__typeof__(1), int) && sizeof(1) == 4 && (1) == 1, "15:19");
#line 15
b->flag = 1;}
    else
        for (;;)
            break;
_Static_assert(__builtin_types_compatible_p(__typeof__(&(copy)), int *) && sizeof(copy) == 4, "19:13");
#line 19
switch (copy) {
    case RED:
        {
_Static_assert(__builtin_types_compatible_p(__typeof__(RED), int) && sizeof(RED) == 4 && (RED) == 0, "20:10");
_Static_assert(__builtin_types_compatible_p(__typeof__(copy++), int) && sizeof(copy++) == 4, "21:9");
_Static_assert(__builtin_types_compatible_p(__typeof__(&(copy)), int *) && sizeof(copy) == 4, "21:9");
#line 21
copy++;}
        __attribute__((fallthrough));
    case BLUE: {
_Static_assert(__builtin_types_compatible_p(__typeof__(BLUE), int) && sizeof(BLUE) == 4 && (BLUE) == 4, "23:10");
_Static_assert(__builtin_types_compatible_p(__typeof__(b->part.inner = ({ int hidden = 1; hidden + 1; })), int) && sizeof(b->part.inner = ({ int hidden = 1; hidden + 1; })) == 4, "23:16");
_Static_assert(__builtin_types_compatible_p(__typeof__(&(b->part.inner)), int *) && sizeof(b->part.inner) == 4, "23:16");
_Static_assert(__builtin_types_compatible_p(__typeof__(&(b->part)), __typeof__(((struct bits *)0)->part) *) && sizeof(b->part) == 4, "23:16");
_Static_assert(__builtin_types_compatible_p(__typeof__(&(b)), struct bits **) && sizeof(b) == 8, "23:16");
_Static_assert(__builtin_types_compatible_p(__typeof__(({ int hidden = 1; hidden + 1; })), int) && sizeof(({ int hidden = 1; hidden + 1; })) == 4, "23:32");
#line 23
b->part.inner = ({ int hidden = 1;
_Static_assert(__builtin_types_compatible_p(__typeof__(1), int) && sizeof(1) == 4 && (1) == 1, "23:48");
_Static_assert(__builtin_types_compatible_p(__typeof__(hidden + 1), int) && sizeof(hidden + 1) == 4, "23:51");
_Static_assert(__builtin_types_compatible_p(__typeof__(&(hidden)), int *) && sizeof(hidden) == 4, "23:51");
_Static_assert(__builtin_types_compatible_p(__typeof__(1), int) && sizeof(1) == 4 && (1) == 1, "23:60");
#line 23
hidden + 1; });} break;
    default: goto out;
    }
out:
    {
_Static_assert(__builtin_types_compatible_p(__typeof__(&(extents[0])), int *) && sizeof(extents[0]) == 4, "27:12");
_Static_assert(__builtin_types_compatible_p(__typeof__(&(extents)), int **) && sizeof(extents) == 8, "27:12");
_Static_assert(__builtin_types_compatible_p(__typeof__(0), int) && sizeof(0) == 4 && (0) == 0, "27:20");
#line 27
return extents[0];}
}
/* asserted: 44 expressions, 17 of them constants; 2 layouts */
/* not asserted: 2 bit-fields, which have no typeof, and values of gcc's own types for them */
