int of_header = unknown_1;
#line 1
     int again =        unknown_2;
#line 3 "lines_with_the_same_number.aco"
int elsewhere = unknown_3;
